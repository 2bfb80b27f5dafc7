// URI references as of RFC 3986: taking apart, putting together, resolving.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace pcsim::schema_detail {

struct Uri {
  std::optional<std::string> scheme;
  std::optional<std::string> authority;
  std::string path;
  std::optional<std::string> query;
  std::optional<std::string> fragment;
};

// Takes any text apart (RFC 3986 appendix B); checks nothing.
Uri split_uri(std::string_view text);
std::string join_uri(const Uri& uri);

// RFC 3986 section 5.2.2.  A base without a scheme is allowed.
std::string resolve_uri(std::string_view base, std::string_view reference);

// {text before '#', text after it, percent-decoded}.
std::pair<std::string, std::string> split_fragment(std::string_view uri);

std::string percent_decode(std::string_view text);

// Grammar checks of RFC 3986.
bool is_uri_reference(std::string_view text);
bool is_uri(std::string_view text);  // with a scheme

}  // namespace pcsim::schema_detail
