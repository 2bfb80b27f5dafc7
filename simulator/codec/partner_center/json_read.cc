#include "codec/partner_center/json_read.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace pcsim {

std::string text_member(const nlohmann::json& node, const char* name) {
  const auto found = node.is_object() ? node.find(name) : node.end();
  return found != node.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t integer_member(const nlohmann::json& node, const char* name,
                            std::int64_t otherwise) {
  const auto found = node.is_object() ? node.find(name) : node.end();
  if (found == node.end()) {
    return otherwise;
  }
  if (found->is_number_integer()) {
    return found->get<std::int64_t>();
  }
  if (!found->is_string()) {
    return otherwise;
  }
  const std::string text = found->get<std::string>();
  std::int64_t value = otherwise;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} ? value : otherwise;
}

}  // namespace pcsim
