#include "codec/arm/body_read.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "pcsim/text.h"

namespace pcsim {

using nlohmann::json;

std::string text_at(const json& object, const char* name) {
  if (!object.is_object()) {
    return {};
  }
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

json child(const json& object, const char* name) {
  return object.is_object() && object.contains(name) ? object.at(name) : json{};
}

std::int64_t quantity_of(const json& value) {
  if (value.is_number_integer()) {
    return value.get<std::int64_t>();
  }
  std::int64_t number = 0;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
  }
  return 0;
}

std::string subscription_in(const std::string& scope) {
  std::string id = lower(scope);
  constexpr std::string_view prefix = "/subscriptions/";
  if (id.starts_with(prefix)) {
    id.erase(0, prefix.size());
  }
  if (!id.empty() && id.back() == '/') {
    id.pop_back();
  }
  return id;
}

std::string scope_text(const std::string& text) {
  const std::size_t start = text.find_first_not_of('/');
  return start == std::string::npos ? std::string{} : "/" + lower(text.substr(start));
}

std::vector<std::string> scopes_in(const json& properties) {
  std::vector<std::string> scopes;
  for (const json& entry : child(properties, "appliedscopes")) {
    if (entry.is_string()) {
      scopes.push_back(scope_text(entry.get<std::string>()));
    }
  }
  const json newer = child(properties, "appliedscopeproperties");
  for (const char* name : {"resourcegroupid", "subscriptionid"}) {
    const std::string text = text_at(newer, name);
    if (scopes.empty() && !text.empty()) {
      scopes.push_back(scope_text(is_guid(text) ? "subscriptions/" + text : text));
    }
  }
  return scopes;
}

}  // namespace pcsim
