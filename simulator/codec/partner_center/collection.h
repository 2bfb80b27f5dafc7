#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcsim::partner_center {

using Json = nlohmann::ordered_json;

/// `{"uri":…,"method":…,"headers":[]}`; `uri` is relative and has no version.
Json link(std::string_view uri, std::string_view method = "GET");

/// Adds `"links":{"self":…}`.
void add_self(Json& object, std::string_view uri);

/// Adds `"attributes":{"objectType":…}`, with `etag` first when it is not empty.
void add_attributes(Json& object, std::string_view object_type, std::string_view etag = {});

/// Adds `name` unless `text` is empty.
void add_text(Json& object, std::string_view name, std::string_view text);

/// A Collection of `items`; without links when `self` is empty.
Json collection(Json items, std::string_view self = {});

/// Where one page of a seek collection lies: items [first, last) and the tokens around it.
struct Page {
  std::size_t first = 0, last = 0, previous = 0;
  bool has_next = false, has_previous = false;
};

/// The page of `count` items that `seek` and `token` ask for; `size` 0 means `default_size`.
std::optional<Page> seek_page(std::size_t count, std::size_t size, std::size_t default_size,
                              std::string_view seek, std::string_view token);

/// The opaque continuation token of the page that starts at `position`.
std::string continuation_token(std::size_t position);

/// A seek Collection: continuationToken, links.self/next/previous; `base` is the URI with its
/// own query (`/customers?size=40`).
Json seek_collection(Json items, const Page& page, std::string_view base);

/// Percent-encodes a query value.
std::string encode_query(std::string_view text);

/// Text of a member of a lower-cased body, or empty when absent or no string.
std::string text_of(const nlohmann::json& object, std::string_view name);

/// The object member `name`, or a null value.
const nlohmann::json& member(const nlohmann::json& object, std::string_view name);

}  // namespace pcsim::partner_center
