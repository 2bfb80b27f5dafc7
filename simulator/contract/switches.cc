#include "pcsim/switches.h"

#include "pcsim/text.h"

namespace pcsim {

std::string_view Switches::chosen(Switch which) const {
  const auto at = static_cast<std::size_t>(which);
  return split(switch_rows()[at].options, '|')[chosen_[at]];
}

bool Switches::choose(std::string_view name, std::string_view option) {
  return choose_or_explain(name, option).empty();
}

std::string Switches::choose_or_explain(std::string_view name, std::string_view option) {
  for (std::size_t at = 0; at < switch_rows().size(); ++at) {
    const SwitchRow& row = switch_rows()[at];
    if (row.name != name) {
      continue;
    }
    const int index = switches_detail::position(row.options, option);
    if (index < 0) {
      return "switch '" + std::string{name} + "' has no option '" + std::string{option} +
             "'; its options are " + std::string{row.options} + ".";
    }
    chosen_[at] = static_cast<std::uint8_t>(index);
    return {};
  }
  return "there is no switch '" + std::string{name} + "'; `pcsim switches` lists them.";
}

}  // namespace pcsim
