#pragma once

#include <cstdint>

namespace pcsim {

/// A seed from the operating system.
std::uint64_t system_seed();

}  // namespace pcsim
