#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pcsim {

/// Every switch, one enumerator per row of include/pcsim/switches.def.
enum class Switch : std::uint8_t {
#define SWITCH(id, name, options, summary, source) id,
#include "pcsim/switches.def"
#undef SWITCH
};

/// What the table declares of one switch; `options` are separated by '|', the default first.
struct SwitchRow {
  std::string_view name, options, summary, source;
};

namespace switches_detail {

constexpr SwitchRow kRows[] = {
#define SWITCH(id, name, options, summary, source) {name, options, summary, source},
#include "pcsim/switches.def"
#undef SWITCH
};
constexpr std::size_t kCount = std::size(kRows);

/// The position of `option` among `options`, or -1.
constexpr int position(std::string_view options, std::string_view option) {
  for (int at = 0;; ++at) {
    const std::size_t end = options.find('|');
    if (options.substr(0, end) == option) {
      return at;
    }
    if (end == std::string_view::npos) {
      return -1;
    }
    options.remove_prefix(end + 1);
  }
}

}  // namespace switches_detail

/// One option of one switch; naming an option the table does not hold does not compile.
struct SwitchOption {
  consteval SwitchOption(Switch a_switch, std::string_view option)
      : which(a_switch), index(static_cast<std::uint8_t>(checked(a_switch, option))) {}

  Switch which;
  std::uint8_t index;

 private:
  static consteval int checked(Switch a_switch, std::string_view option) {
    const int at = switches_detail::position(
        switches_detail::kRows[static_cast<std::size_t>(a_switch)].options, option);
    return at >= 0 ? at : throw "switches.def has no such option";
  }
};

/// The chosen option of every switch; a default-made one holds the defaults.
class Switches {
 public:
  bool is(SwitchOption option) const {
    return chosen_[static_cast<std::size_t>(option.which)] == option.index;
  }
  /// The word of the chosen option.
  std::string_view chosen(Switch which) const;
  /// The chosen option's position among the options of its row.
  std::size_t position(Switch which) const { return chosen_[static_cast<std::size_t>(which)]; }
  /// Chooses by name; false when there is no such switch or option.
  bool choose(std::string_view name, std::string_view option);
  /// The same; empty, or a sentence that says what could be chosen.
  std::string choose_or_explain(std::string_view name, std::string_view option);

 private:
  std::array<std::uint8_t, switches_detail::kCount> chosen_{};
};

/// All switches in declaration order.
constexpr std::span<const SwitchRow> switch_rows() { return switches_detail::kRows; }

/// The defaults of the table.
inline constexpr Switches kDefaultSwitches{};

}  // namespace pcsim
