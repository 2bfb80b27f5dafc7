#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_writer.h"

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

/// The same for an answer that is written.
void write_link(JsonPlace place, std::string_view uri, std::string_view method = "GET");
void add_self(const JsonObject& object, std::string_view uri);
void add_attributes(const JsonObject& object, std::string_view object_type,
                    std::string_view etag = {});
void add_text(const JsonObject& object, JsonName name, std::string_view text);

/// The text of a Collection of `items`; without links when `self` is empty.
std::string collection(const Json& items, std::string_view self = {});

/// What follows the items of a Collection: links unless `self` is empty, and attributes.
void add_collection_end(const JsonObject& object, std::string_view self);

/// The text of a Collection, where `write_item(JsonPlace, index)` writes each of `count` items.
template <class WriteItem>
std::string collection(std::size_t count, std::string_view self, WriteItem write_item) {
  return json_text([&](JsonPlace place) {
    const JsonObject out{place};
    out["totalCount"] = count;
    {
      const JsonArray items{out["items"]};
      for (std::size_t i = 0; i < count; ++i) {
        write_item(items.next(), i);
      }
    }
    add_collection_end(out, self);
  });
}

/// Where a seek goes from the page its token names.
enum class SeekOperation { None, First, Next, Previous, Last, PageIndex };

/// The operation a `seekOperation` parameter names in any case; None for an empty one.
std::optional<SeekOperation> seek_operation(std::string_view word);

/// What a request says about the page it wants.
struct SeekRequest {
  std::size_t size = 1;        ///< items of a page
  std::size_t offset = 0;      ///< items to pass over when there is no token
  std::size_t page_index = 0;  ///< for PageIndex, from 0
  SeekOperation operation = SeekOperation::None;
  std::string_view token{};
};

/// Where one page of a seek collection lies: items [first, last).
struct Page {
  std::size_t first = 0, last = 0;
  bool has_next = false, has_previous = false;
};

/// The page of `count` items that is asked for; nothing when the token is none of ours. A token
/// without an operation asks for the next page.
/// Source: docs/reference/protocol.md#collections-and-paging.
std::optional<Page> seek_page(std::size_t count, const SeekRequest& request);

/// The opaque token that names a page.
std::string continuation_token(const Page& page);

/// What follows the items of a seek Collection: continuationToken, links.self/next/previous and
/// attributes; `base` is the URI with its own query (`/customers?size=40`).
void add_seek_end(const JsonObject& object, const Page& page, std::string_view base);

/// The text of a seek Collection of `items`, which are the page.
std::string seek_collection(const Json& items, const Page& page, std::string_view base);

/// The same, where `write_item(JsonPlace, index)` writes each item of the page.
template <class WriteItem>
std::string seek_collection(const Page& page, std::string_view base, WriteItem write_item) {
  return json_text([&](JsonPlace place) {
    const JsonObject out{place};
    out["totalCount"] = page.last - page.first;
    {
      const JsonArray items{out["items"]};
      for (auto i = page.first; i < page.last; ++i) {
        write_item(items.next(), i);
      }
    }
    add_seek_end(out, page, base);
  });
}

/// Percent-encodes a query value.
std::string encode_query(std::string_view text);

/// Text of a member of a lower-cased body, or empty when absent or no string.
std::string text_of(const nlohmann::json& object, std::string_view name);

/// The object member `name`, or a null value.
const nlohmann::json& member(const nlohmann::json& object, std::string_view name);

}  // namespace pcsim::partner_center
