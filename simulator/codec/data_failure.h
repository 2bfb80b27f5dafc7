#pragma once

#include <optional>
#include <string>

namespace pcsim {

/// Why a data file was refused: which member, on which line, and what is wrong with it.
struct DataFailure {
  std::string member;
  int line = 0;
  std::string text;
};

/// `file:line: member: text`, the sentence a user reads.
inline std::string sentence(const std::string& file, const DataFailure& failure) {
  return file + ":" + std::to_string(failure.line) + ": " +
         (failure.member.empty() ? "" : failure.member + ": ") + failure.text;
}

/// Nothing when all is well.
using Failure = std::optional<DataFailure>;

/// Where a data file comes from. Those compiled into the program are known to be right, so the
/// dearest checks of them are left to the tests.
enum class DataOrigin { BuiltIn, Given };

}  // namespace pcsim
