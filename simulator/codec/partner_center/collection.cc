#include "codec/partner_center/collection.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace pcsim::partner_center {

Json link(std::string_view uri, std::string_view method) {
  Json out;
  out["uri"] = uri;
  out["method"] = method;
  out["headers"] = Json::array();
  return out;
}

void add_self(Json& object, std::string_view uri) { object["links"]["self"] = link(uri); }

void add_attributes(Json& object, std::string_view object_type, std::string_view etag) {
  auto attributes = Json::object();
  add_text(attributes, "etag", etag);
  attributes["objectType"] = object_type;
  object["attributes"] = std::move(attributes);
}

void add_text(Json& object, std::string_view name, std::string_view text) {
  if (!text.empty()) {
    object[std::string{name}] = text;
  }
}

Json collection(Json items, std::string_view self) {
  auto out = Json::object();
  out["totalCount"] = items.size();
  out["items"] = std::move(items);
  if (!self.empty()) {
    add_self(out, self);
  }
  add_attributes(out, "Collection");
  return out;
}

namespace {

constexpr std::string_view kTokenPrefix = "seek-";

std::optional<std::size_t> position_of(std::string_view token) {
  if (token.substr(0, kTokenPrefix.size()) != kTokenPrefix) {
    return std::nullopt;
  }
  const auto digits = token.substr(kTokenPrefix.size());
  std::size_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end) {
    return std::nullopt;
  }
  return value;
}

Json seek_link(std::string_view base, std::string_view operation, std::size_t position) {
  const char joint = base.find('?') == std::string_view::npos ? '?' : '&';
  auto out = link(std::string{base} + joint + "seekOperation=" + std::string{operation});
  auto header = Json::object();
  header["key"] = "MS-ContinuationToken";
  header["value"] = continuation_token(position);
  out["headers"].push_back(std::move(header));
  return out;
}

}  // namespace

std::string continuation_token(std::size_t position) {
  return std::string{kTokenPrefix} + std::to_string(position);
}

std::optional<Page> seek_page(std::size_t count, std::size_t size, std::size_t default_size,
                              std::string_view seek, std::string_view token) {
  const auto length = std::max<std::size_t>(size == 0 ? default_size : size, 1);
  Page page;
  if (!token.empty() && seek != "first" && seek != "last") {
    const auto position = position_of(token);
    if (!position) {
      return std::nullopt;
    }
    page.first = std::min(*position, count);
  } else if (seek == "last" && count > 0) {
    page.first = (count - 1) / length * length;
  }
  page.last = page.first + std::min(length, count - page.first);
  page.has_next = page.last < count;
  page.has_previous = page.first > 0;
  page.previous = page.first > length ? page.first - length : 0;
  return page;
}

Json seek_collection(Json items, const Page& page, std::string_view base) {
  auto out = Json::object();
  out["totalCount"] = items.size();
  out["items"] = std::move(items);
  if (page.has_next) {
    out["continuationToken"] = continuation_token(page.last);
  }
  add_self(out, base);
  if (page.has_next) {
    out["links"]["next"] = seek_link(base, "Next", page.last);
  }
  if (page.has_previous) {
    out["links"]["previous"] = seek_link(base, "Previous", page.previous);
  }
  add_attributes(out, "Collection");
  return out;
}

std::string encode_query(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
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

std::string text_of(const nlohmann::json& object, std::string_view name) {
  const auto& value = member(object, name);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

const nlohmann::json& member(const nlohmann::json& object, std::string_view name) {
  static const nlohmann::json none;
  if (!object.is_object()) {
    return none;
  }
  const auto found = object.find(std::string{name});
  return found == object.end() ? none : *found;
}

}  // namespace pcsim::partner_center
