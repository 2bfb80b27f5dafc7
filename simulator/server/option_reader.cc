#include "server/option_reader.h"

#include <utility>

namespace pcsim {

void OptionReader::text(std::string name, std::string& target) {
  value(std::move(name), [&target](const std::string& given) {
    target = given;
    return std::string{};
  });
}

std::optional<std::string> OptionReader::read(const std::vector<std::string>& arguments) const {
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    std::string name = arguments[at];
    std::optional<std::string> given;
    if (const std::size_t equals = name.find('=');
        name.starts_with("--") && equals != std::string::npos) {
      given = name.substr(equals + 1);
      name.resize(equals);
    }
    if (const auto flag = flags_.find(name); flag != flags_.end()) {
      if (given) {
        return "option " + name + " takes no value" + hint();
      }
      *flag->second = true;
      continue;
    }
    const auto option = values_.find(name);
    if (option == values_.end()) {
      return (name.starts_with("-") ? "unknown option '" : "unexpected argument '") +
             arguments[at] + "'" + hint();
    }
    if (!given && at + 1 < arguments.size()) {
      given = arguments[++at];
    }
    if (!given || given->empty()) {
      return "option " + name + " needs a value" + hint();
    }
    if (std::string problem = option->second(*given); !problem.empty()) {
      return problem;
    }
  }
  return std::nullopt;
}

}  // namespace pcsim
