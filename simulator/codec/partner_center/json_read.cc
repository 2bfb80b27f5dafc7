#include "codec/partner_center/json_read.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "codec/partner_center/collection.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// In the order of the public SDK's enumeration; a number on the wire is a position.
constexpr std::array<std::string_view, 7> kBillingCycles{"unknown",  "monthly",   "annual",  "none",
                                                         "one_time", "triennial", "biennial"};

/// Below this every whole number is a double.
constexpr double kExactDouble = 9007199254740992.0;

std::string without_underscores(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

std::string_view known_cycle(std::string_view text) {
  const std::string sent = without_underscores(text);
  const auto* word = std::find_if(
      kBillingCycles.begin(), kBillingCycles.end(),
      [&](std::string_view candidate) { return without_underscores(candidate) == sent; });
  return word == kBillingCycles.end() ? std::string_view{} : *word;
}

}  // namespace

std::optional<bool> flag_member(const nlohmann::json& node, const char* name) {
  const auto& value = partner_center::member(node, name);
  if (value.is_boolean()) {
    return value.get<bool>();
  }
  const std::string text = partner_center::text_of(node, name);
  return text.empty() ? std::nullopt : std::optional{equal_ignoring_case(text, "true")};
}

std::int64_t integer_member(const nlohmann::json& node, const char* name, std::int64_t otherwise) {
  const auto found = node.is_object() ? node.find(name) : node.end();
  if (found == node.end()) {
    return otherwise;
  }
  if (found->is_number_integer()) {
    return found->get<std::int64_t>();
  }
  if (found->is_number_float()) {  // 5.0 is a whole number too
    const double number = found->get<double>();
    return number == std::trunc(number) && std::abs(number) < kExactDouble
               ? static_cast<std::int64_t>(number)
               : otherwise;
  }
  if (!found->is_string()) {
    return otherwise;
  }
  const std::string text = found->get<std::string>();
  std::int64_t value = otherwise;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} ? value : otherwise;
}

std::string billing_cycle_member(const nlohmann::json& node) {
  const std::int64_t position = integer_member(node, "billingcycle", -1);
  if (position >= 0 && position < static_cast<std::int64_t>(kBillingCycles.size())) {
    return std::string{kBillingCycles[static_cast<std::size_t>(position)]};
  }
  const std::string sent = partner_center::text_of(node, "billingcycle");
  const std::string_view word = known_cycle(sent);
  return word.empty() ? sent : std::string{word};
}

std::string_view billing_cycle_word(std::string_view cycle) {
  const std::string_view word = known_cycle(cycle);
  return word.empty() ? kBillingCycles.front() : word;
}

}  // namespace pcsim
