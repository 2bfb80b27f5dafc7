#include "server/system_entropy.h"

#include <random>

namespace pcsim {

std::uint64_t system_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

}  // namespace pcsim
