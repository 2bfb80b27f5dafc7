#include "pcsim/message.h"

#include "pcsim/text.h"

namespace pcsim {

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (equal_ignoring_case(key, name)) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace pcsim
