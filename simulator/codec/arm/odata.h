#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// The conditions of an OData filter that joins them by `and`, in any case and without the blanks
/// around them; quotes keep what is between them together.
std::vector<std::string> filter_conditions(std::string_view filter);

/// One condition `field op 'value'`; quotes around the value are optional.
struct Condition {
  std::string field, op, value;  ///< field and op in lower case
};
/// Empty members when `text` is no such condition.
Condition parse_condition(std::string_view text);

/// The argument of `name('…')`, when `text` calls it; sets `called`.
std::string call_argument(std::string_view text, std::string_view name, bool& called);

}  // namespace pcsim
