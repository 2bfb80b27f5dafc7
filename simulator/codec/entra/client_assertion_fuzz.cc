#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "codec/entra/client_assertion.h"
#include "codec/entra/form.h"

/// Reading assertions and certificates never reads beyond its input, and what was read is a part
/// of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto assertion = pcsim::decode_client_assertion(text)) {
    if (assertion->signed_text.size() + assertion->signature.size() > size ||
        pcsim::signed_by(*assertion, std::string{text})) {
      std::abort();
    }
  }
  static_cast<void>(pcsim::certificate_digests(std::string{text}));
  static_cast<void>(pcsim::verifier_fits(text, text, "S256"));
  if (pcsim::percent_encode(text).size() > 3 * size) {
    std::abort();
  }
  return 0;
}
