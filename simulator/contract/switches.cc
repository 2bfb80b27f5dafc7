#include "pcsim/switches.h"

#include "pcsim/text.h"

namespace pcsim {

std::string_view Switches::chosen(Switch which) const {
  const auto at = static_cast<std::size_t>(which);
  return split(switch_rows()[at].options, '|')[chosen_[at]];
}

bool Switches::choose(std::string_view name, std::string_view option) {
  for (std::size_t at = 0; at < switch_rows().size(); ++at) {
    if (switch_rows()[at].name == name) {
      const int index = switches_detail::position(switch_rows()[at].options, option);
      if (index >= 0) {
        chosen_[at] = static_cast<std::uint8_t>(index);
      }
      return index >= 0;
    }
  }
  return false;
}

}  // namespace pcsim
