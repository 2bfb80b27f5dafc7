#include "codec/entra/form.h"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::array<std::string_view, 4> kOpenIdScopes{"openid", "profile", "offline_access",
                                                        "email"};

bool is_openid_scope(std::string_view scope) {
  for (std::string_view known : kOpenIdScopes) {
    if (equal_ignoring_case(scope, known)) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::string> base64_bytes(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '=') {
      break;
    }
    const char plain = c == '+' ? '-' : c == '/' ? '_' : c;
    const std::size_t value = kAlphabet.find(plain);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = ((bits << 6U) | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU));
    }
  }
  return bytes;
}

std::map<std::string, std::string> decode_form(std::string_view body) {
  std::map<std::string, std::string> fields;
  for (std::string_view pair : split(body, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) {
      fields.emplace(percent_decode(pair.substr(0, equals), true),
                     percent_decode(pair.substr(equals + 1), true));
    }
  }
  return fields;
}

std::optional<std::pair<std::string, std::string>> decode_basic(std::string_view header) {
  constexpr std::string_view scheme = "basic ";
  if (!equal_ignoring_case(header.substr(0, scheme.size()), scheme)) {
    return std::nullopt;
  }
  const auto plain = base64_bytes(header.substr(scheme.size()));
  if (!plain) {
    return std::nullopt;
  }
  const std::size_t colon = plain->find(':');
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  return std::pair{percent_decode(std::string_view(*plain).substr(0, colon), true),
                   percent_decode(std::string_view(*plain).substr(colon + 1), true)};
}

std::optional<ScopeRequest> decode_scope(std::string_view scope) {
  ScopeRequest request;
  for (std::string_view word : split(scope, ' ')) {
    if (word.empty() || is_openid_scope(word)) {
      continue;
    }
    const std::size_t slash = word.rfind('/');
    if (slash == std::string_view::npos || slash == 0) {
      return std::nullopt;
    }
    const std::string resource{word.substr(0, slash)};
    const std::size_t scheme = resource.find("://");
    const bool address = scheme != std::string::npos && scheme + 3 < resource.size();
    if ((!address && !is_guid(resource)) ||
        (!request.resource.empty() && request.resource != resource)) {
      return std::nullopt;
    }
    request.resource = resource;
    request.names.emplace_back(word.substr(slash + 1));
  }
  if (request.resource.empty()) {
    return std::nullopt;
  }
  return request;
}

bool only_openid_scopes(std::string_view scope) {
  bool any = false;
  for (std::string_view word : split(scope, ' ')) {
    if (!word.empty() && !is_openid_scope(word)) {
      return false;
    }
    any = any || !word.empty();
  }
  return any;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || kAlphabet.find(c) < 52 || c == '-' || c == '_' || c == '.' ||
        c == '~') {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

bool is_form(std::string_view content_type) {
  std::string_view media = content_type.substr(0, content_type.find(';'));
  while (!media.empty() && media.back() == ' ') {
    media.remove_suffix(1);
  }
  return equal_ignoring_case(media, "application/x-www-form-urlencoded");
}

std::string base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    count += 8;
    while (count >= 6) {
      count -= 6;
      text.push_back(kAlphabet[(bits >> count) & 63U]);
    }
    bits &= 0xFFU;
  }
  if (count > 0) {
    text.push_back(kAlphabet[(bits << (6 - count)) & 63U]);
  }
  return text;
}

}  // namespace pcsim
