#include "pcsim/trace.h"

#include <algorithm>

namespace pcsim {

void Trace::value(std::string_view name, std::string text) {
  const auto known = std::any_of(values.begin(), values.end(), [&](const auto& entry) {
    return entry.first == name && entry.second == text;
  });
  if (!known) {
    values.emplace_back(name, std::move(text));
  }
}

}  // namespace pcsim
