#include "codec/arm/odata.h"

#include "pcsim/text.h"

namespace pcsim {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return std::string{text.substr(first, text.find_last_not_of(" \t") - first + 1)};
}

std::string unquoted(const std::string& text) {
  return text.size() >= 2 && text.front() == '\'' && text.back() == '\''
             ? text.substr(1, text.size() - 2)
             : text;
}

}  // namespace

std::vector<std::string> filter_conditions(std::string_view filter) {
  constexpr std::string_view kAnd = " and ";
  std::vector<std::string> out;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at < filter.size(); ++at) {
    quoted ^= filter[at] == '\'';
    if (!quoted && equal_ignoring_case(filter.substr(at, kAnd.size()), kAnd)) {
      out.push_back(trimmed(filter.substr(start, at - start)));
      start = at + kAnd.size();
      at = start - 1;
    }
  }
  if (const std::string last = trimmed(filter.substr(start)); !last.empty() || !out.empty()) {
    out.push_back(last);
  }
  return out;
}

Condition parse_condition(std::string_view text) {
  const auto first = text.find(' ');
  const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  if (second == std::string_view::npos) {
    return {};
  }
  return {lower(text.substr(0, first)), lower(text.substr(first + 1, second - first - 1)),
          unquoted(trimmed(text.substr(second)))};
}

std::string call_argument(std::string_view text, std::string_view name, bool& called) {
  called = text.size() >= name.size() + 2 && text.back() == ')' && text[name.size()] == '(' &&
           equal_ignoring_case(text.substr(0, name.size()), name);
  return called ? unquoted(trimmed(text.substr(name.size() + 1, text.size() - name.size() - 2)))
                : std::string{};
}

}  // namespace pcsim
