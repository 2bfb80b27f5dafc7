#include "codec/partner_center/filter.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

constexpr int kDeepest = 8;

const nlohmann::json* find_member(const nlohmann::json& object, std::string_view name) {
  for (const auto& [key, value] : object.items()) {
    if (equal_ignoring_case(key, name)) {
      return &value;
    }
  }
  return nullptr;
}

std::optional<std::string> text_member(const nlohmann::json& object, std::string_view name) {
  const auto* found = find_member(object, name);
  if (found == nullptr || !found->is_string()) {
    return std::nullopt;
  }
  return found->get<std::string>();
}

std::string normal_operator(std::string_view text) {
  auto out = lower(text);
  std::erase(out, '_');
  return out;
}

std::optional<Filter> read(const nlohmann::json& object, int depth) {
  if (!object.is_object() || depth > kDeepest) {
    return std::nullopt;
  }
  const auto op = text_member(object, "operator");
  if (!op) {
    return std::nullopt;
  }
  Filter out;
  out.op = normal_operator(*op);
  const auto* left = find_member(object, "leftfilter");
  const auto* right = find_member(object, "rightfilter");
  if (left != nullptr && right != nullptr) {
    auto first = read(*left, depth + 1);
    auto second = read(*right, depth + 1);
    if (!first || !second || (out.op != "and" && out.op != "or")) {
      return std::nullopt;
    }
    out.children = {*first, *second};
    return out;
  }
  const auto field = text_member(object, "field");
  const auto value = text_member(object, "value");
  if (!field || !value) {
    return std::nullopt;
  }
  out.field = lower(*field);
  out.value = *value;
  return out;
}

}  // namespace

Result<Filter> parse_filter(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  const auto filter = read(json, 0);
  if (!filter) {
    return Error{ErrorCode::InvalidRequestInput, {}, "filter"};
  }
  return *filter;
}

bool every_leaf(const Filter& filter, const std::function<bool(const Filter&)>& allowed) {
  return filter.children.empty()
             ? allowed(filter)
             : std::all_of(filter.children.begin(), filter.children.end(),
                           [&](const Filter& child) { return every_leaf(child, allowed); });
}

bool matches(const Filter& filter, const std::function<bool(const Filter&)>& leaf) {
  if (filter.children.empty()) {
    return leaf(filter);
  }
  const auto holds = [&](const Filter& child) { return matches(child, leaf); };
  return filter.op == "or" ? std::any_of(filter.children.begin(), filter.children.end(), holds)
                           : std::all_of(filter.children.begin(), filter.children.end(), holds);
}

bool text_matches(std::string_view text, const Filter& leaf) {
  const auto subject = lower(text);
  const auto value = lower(leaf.value);
  if (leaf.op == "equals") {
    return subject == value;
  }
  if (leaf.op == "notequals") {
    return subject != value;
  }
  if (leaf.op == "substring") {
    return subject.find(value) != std::string::npos;
  }
  const bool starts = subject.compare(0, value.size(), value) == 0;
  return leaf.op == "startswith" ? starts : leaf.op == "notstartswith" && !starts;
}

}  // namespace pcsim::partner_center
