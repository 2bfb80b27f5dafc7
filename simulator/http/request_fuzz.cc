#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "http/body.h"
#include "http/router.h"

namespace {

/// A target taken apart is normal: taking its path apart again changes nothing.
void try_target(std::string_view text) {
  const auto target = pcsim::parse_target(text);
  const auto surface = pcsim::surface_of({}, target.path);
  for (const char* method : {"GET", "POST", "PUT"}) {
    const auto match = pcsim::route(surface, method, target.path);
    if (match.operation != nullptr && !match.path_known) {
      std::abort();
    }
  }
  if (pcsim::normal_path(target.path) != target.path) {
    std::abort();
  }
}

}  // namespace

/// The first byte says which reader the rest is for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
  if (data[0] % 2 == 0) {
    try_target(text);
  } else if (const auto body = pcsim::parse_body(text)) {
    // What was read can be written and read again.
    const auto again =
        pcsim::parse_body(body->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    if (!again) {
      std::abort();
    }
  }
  return 0;
}
