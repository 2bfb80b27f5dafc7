#include "codec/partner_center/collection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "pcsim/text.h"

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

void write_link(JsonPlace place, std::string_view uri, std::string_view method) {
  const JsonObject out{place};
  out["uri"] = uri;
  out["method"] = method;
  const JsonArray none{out["headers"]};
}

void add_self(const JsonObject& object, std::string_view uri) {
  const JsonObject links{object["links"]};
  write_link(links["self"], uri);
}

void add_attributes(const JsonObject& object, std::string_view object_type, std::string_view etag) {
  const JsonObject attributes{object["attributes"]};
  add_text(attributes, "etag", etag);
  attributes["objectType"] = object_type;
}

void add_text(const JsonObject& object, JsonName name, std::string_view text) {
  if (!text.empty()) {
    object[name] = text;
  }
}

std::string collection(const Json& items, std::string_view self) {
  return json_text([&](JsonPlace place) {
    const JsonObject out{place};
    out["totalCount"] = items.size();
    out["items"].tree(items);
    add_collection_end(out, self);
  });
}

void add_collection_end(const JsonObject& object, std::string_view self) {
  if (!self.empty()) {
    add_self(object, self);
  }
  add_attributes(object, "Collection");
}

namespace {

constexpr std::string_view kTokenPrefix = "seek-";

std::optional<std::size_t> whole_number(std::string_view digits) {
  std::size_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  return error == std::errc{} && stop == end ? std::optional{value} : std::nullopt;
}

/// The page a token names, as far as there are items.
std::optional<Page> page_of(std::string_view token, std::size_t count) {
  if (token.substr(0, kTokenPrefix.size()) != kTokenPrefix) {
    return std::nullopt;
  }
  const auto parts = split(token.substr(kTokenPrefix.size()), '-');
  if (parts.size() != 2) {
    return std::nullopt;
  }
  const auto first = whole_number(parts[0]);
  const auto last = whole_number(parts[1]);
  if (!first || !last || *first > *last) {
    return std::nullopt;
  }
  Page page;
  page.first = std::min(*first, count);
  page.last = std::min(*last, count);
  return page;
}

void write_seek_link(JsonPlace place, std::string_view base, std::string_view operation,
                     const Page& page) {
  const char joint = base.find('?') == std::string_view::npos ? '?' : '&';
  const JsonObject out{place};
  out["uri"] = std::string{base} + joint + "seekOperation=" + std::string{operation};
  out["method"] = "GET";
  const JsonArray headers{out["headers"]};
  const JsonObject header{headers.next()};
  header["key"] = "MS-ContinuationToken";
  header["value"] = continuation_token(page);
}

/// The items from `first` on, `size` of them if there are as many.
Page page_from(std::size_t first, std::size_t last, std::size_t count) {
  Page page;
  page.first = std::min(first, count);
  page.last = std::clamp(last, page.first, count);
  page.has_next = page.last < count;
  page.has_previous = page.first > 0;
  return page;
}

constexpr std::array<std::pair<std::string_view, SeekOperation>, 6> kOperations{{
    {"", SeekOperation::None},
    {"First", SeekOperation::First},
    {"Next", SeekOperation::Next},
    {"Previous", SeekOperation::Previous},
    {"Last", SeekOperation::Last},
    {"PageIndex", SeekOperation::PageIndex},
}};

}  // namespace

std::optional<SeekOperation> seek_operation(std::string_view word) {
  for (const auto& [name, operation] : kOperations) {
    if (equal_ignoring_case(name, word)) {
      return operation;
    }
  }
  return std::nullopt;
}

std::string continuation_token(const Page& page) {
  return std::string{kTokenPrefix} + std::to_string(page.first) + "-" + std::to_string(page.last);
}

std::optional<Page> seek_page(std::size_t count, const SeekRequest& request) {
  const auto size = std::clamp<std::size_t>(request.size, 1, std::max<std::size_t>(count, 1));
  const auto from = [&](std::size_t first) { return page_from(first, first + size, count); };
  Page current;
  if (!request.token.empty()) {
    const auto named = page_of(request.token, count);
    if (!named) {
      return std::nullopt;
    }
    current = *named;
  }
  switch (request.operation) {
    case SeekOperation::First:
      return from(0);
    case SeekOperation::Last:
      return from(count == 0 ? 0 : (count - 1) / size * size);
    case SeekOperation::PageIndex:
      return from(std::min(request.page_index, count) * size);
    case SeekOperation::Previous:
      return page_from(current.first - std::min(size, current.first), current.first, count);
    case SeekOperation::None:
    case SeekOperation::Next:
      break;
  }
  return from(request.token.empty() ? std::min(request.offset, count) : current.last);
}

void add_seek_end(const JsonObject& object, const Page& page, std::string_view base) {
  if (page.has_next) {
    object["continuationToken"] = continuation_token(page);
  }
  {
    const JsonObject links{object["links"]};
    write_link(links["self"], base);
    if (page.has_next) {
      write_seek_link(links["next"], base, "Next", page);
    }
    if (page.has_previous) {
      write_seek_link(links["previous"], base, "Previous", page);
    }
  }
  add_attributes(object, "Collection");
}

std::string seek_collection(const Json& items, const Page& page, std::string_view base) {
  return json_text([&](JsonPlace place) {
    const JsonObject out{place};
    out["totalCount"] = items.size();
    out["items"].tree(items);
    add_seek_end(out, page, base);
  });
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
