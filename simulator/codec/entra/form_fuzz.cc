#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "codec/entra/form.h"

/// Decoding forms, credentials and scopes never reads beyond its input, nor makes it longer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  std::size_t decoded = 0;
  for (const auto& [name, value] : pcsim::decode_form(text)) {
    decoded += name.size() + value.size();
  }
  const auto basic = pcsim::decode_basic(text);
  const auto scope = pcsim::decode_scope(text);
  if (decoded > size || (basic && basic->first.size() + basic->second.size() > size) ||
      (scope && scope->resource.size() > size)) {
    std::abort();
  }
  static_cast<void>(pcsim::is_form(text));
  return 0;
}
