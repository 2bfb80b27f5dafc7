#pragma once

#include <cstdint>
#include <string>

#include "pcsim/error_code.h"
#include "pcsim/switches.h"
#include "pcsim/trace.h"

namespace pcsim {

/// Where new identifiers come from; seeded, so that the same requests give the same ids.
class IdSource {
 public:
  explicit IdSource(std::uint64_t seed) : state_(seed) {}
  /// A lower-case version-4 GUID.
  std::string guid();
  /// `count` lower-case hexadecimal digits.
  std::string hex(int count);
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

/// What a deciding function may know of its surroundings.
struct Env {
  std::int64_t now;  ///< microseconds since 1970 on the universe's clock
  IdSource& ids;
  std::int64_t delay;  ///< microseconds an asynchronous step takes
  const Switches& switches = kDefaultSwitches;
  Trace* trace = nullptr;           ///< where rules leave what they saw; may be null
  Locale locale = Locale::English;  ///< of the texts in the answer
};

}  // namespace pcsim
