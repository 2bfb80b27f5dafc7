#include "app/arm/list_query.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "app/arm/arm_call.h"
#include "codec/arm/odata_filter.h"

namespace pcsim {
namespace {

std::string encoded(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '_' || c == '.' || c == '$';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

}  // namespace

Result<std::size_t> count_in_query(const Call& call, const char* name, std::size_t least,
                                   std::size_t fallback) {
  const std::string text = query_value(call, name);
  if (text.empty()) {
    return fallback;
  }
  std::size_t out = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  if (error != std::errc{} || stop != end || out < least) {
    return Error{ErrorCode::ArmBadRequest, {std::string{name} + " '" + text + "'"}, {}};
  }
  return out;
}

Result<Done> apply_filter(const Call& call, nlohmann::ordered_json& values) {
  const std::string text = query_value(call, "$filter");
  if (text.empty()) {
    return Done{};
  }
  const auto filter = ODataFilter::parse(text);
  if (!filter) {
    return Error{ErrorCode::ArmBadRequest, {"$filter '" + text + "'"}, {}};
  }
  auto kept = nlohmann::ordered_json::array();
  for (auto& value : values) {
    if (filter->holds(value)) {
      kept.push_back(std::move(value));
    }
  }
  values = std::move(kept);
  return Done{};
}

nlohmann::ordered_json page_of(const nlohmann::ordered_json& values, std::size_t skip,
                               std::size_t take) {
  auto out = nlohmann::ordered_json::array();
  const std::size_t from = std::min(skip, values.size());
  const std::size_t count = std::min(take, values.size() - from);
  for (std::size_t at = from; at < from + count; ++at) {
    out.push_back(values.at(at));
  }
  return out;
}

std::string next_link(const Call& call, const std::string& path, const std::string& parameter,
                      std::size_t value) {
  std::map<std::string, std::string> query = call.query;
  query[parameter] = std::to_string(value);
  std::string out = call.base_url + path;
  char separator = '?';
  for (const auto& [name, text] : query) {
    out += separator + encoded(name) + "=" + encoded(text);
    separator = '&';
  }
  return out;
}

}  // namespace pcsim
