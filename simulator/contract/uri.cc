#include "uri.h"

#include <cstddef>

#include "schema_internal.h"

namespace pcsim::schema_detail {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c))
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

bool is_scheme(std::string_view text) {
  if (text.empty() || !is_alpha(text.front()))
    return false;
  for (const char c : text) {
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.')
      return false;
  }
  return true;
}

// Whether `text` consists of pchar-like characters and of `extra`.
bool made_of(std::string_view text, std::string_view extra) {
  constexpr std::string_view kUnreserved = "-._~!$&'()*+,;=";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex_value(text[i + 1]) < 0 || hex_value(text[i + 2]) < 0) {
        return false;
      }
      i += 2;
      continue;
    }
    if (is_alpha(c) || is_digit(c))
      continue;
    if (kUnreserved.find(c) == std::string_view::npos && extra.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool is_ip_literal(std::string_view text) {
  if (!text.empty() && (text.front() == 'v' || text.front() == 'V')) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || dot < 2 || dot + 1 == text.size())
      return false;
    for (const char c : text.substr(1, dot - 1)) {
      if (hex_value(c) < 0)
        return false;
    }
    return text.find('%') == std::string_view::npos && made_of(text.substr(dot + 1), ":");
  }
  return is_ipv6(text);
}

bool is_authority(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    if (!made_of(text.substr(0, at), ":"))
      return false;
    text.remove_prefix(at + 1);
  }
  std::string_view port;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ip_literal(text.substr(1, end - 1)))
      return false;
    port = text.substr(end + 1);
    if (!port.empty() && port.front() != ':')
      return false;
    if (!port.empty())
      port.remove_prefix(1);
  } else {
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos)
      port = text.substr(colon + 1);
    if (!made_of(text.substr(0, colon), ""))
      return false;
  }
  for (const char c : port) {
    if (!is_digit(c))
      return false;
  }
  return true;
}

// RFC 3986 section 5.2.4.
std::string remove_dot_segments(std::string_view in) {
  const bool rooted = in.substr(0, 1) == "/";
  std::string out;
  const auto starts = [&in](std::string_view prefix) {
    return in.substr(0, prefix.size()) == prefix;
  };
  const auto drop_last = [&out] {
    const std::size_t slash = out.rfind('/');
    out.resize(slash == std::string::npos ? 0 : slash);
  };
  while (!in.empty()) {
    if (starts("../")) {
      in.remove_prefix(3);
    } else if (starts("./") || starts("/./")) {
      in.remove_prefix(2);
    } else if (in == "/.") {
      in = "/";
    } else if (starts("/../")) {
      in.remove_prefix(3);
      drop_last();
    } else if (in == "/..") {
      in = "/";
      drop_last();
    } else if (in == "." || in == "..") {
      in = {};
    } else {
      const std::size_t end = in.find('/', 1);
      const std::size_t length = end == std::string_view::npos ? in.size() : end;
      out += in.substr(0, length);
      in.remove_prefix(length);
    }
  }
  // The RFC knows no base without a root; there ".." stops at the first segment.
  if (!rooted && out.substr(0, 1) == "/")
    out.erase(0, 1);
  return out;
}

std::string merge_paths(const Uri& base, std::string_view path) {
  if (base.authority && base.path.empty())
    return "/" + std::string(path);
  const std::size_t slash = base.path.rfind('/');
  std::string merged = slash == std::string::npos ? std::string() : base.path.substr(0, slash + 1);
  merged += path;
  return merged;
}

}  // namespace

Uri split_uri(std::string_view text) {
  Uri uri;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    uri.fragment = std::string(text.substr(hash + 1));
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    uri.query = std::string(text.substr(mark + 1));
    text = text.substr(0, mark);
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
    uri.scheme = std::string(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  if (text.substr(0, 2) == "//") {
    text.remove_prefix(2);
    const std::size_t slash = text.find('/');
    uri.authority = std::string(text.substr(0, slash));
    text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
  }
  uri.path = std::string(text);
  return uri;
}

std::string join_uri(const Uri& uri) {
  std::string out;
  if (uri.scheme)
    out += *uri.scheme + ":";
  if (uri.authority)
    out += "//" + *uri.authority;
  out += uri.path;
  if (uri.query)
    out += "?" + *uri.query;
  if (uri.fragment)
    out += "#" + *uri.fragment;
  return out;
}

std::string resolve_uri(std::string_view base_text, std::string_view reference) {
  const Uri base = split_uri(base_text);
  Uri ref = split_uri(reference);
  if (ref.scheme) {
    ref.path = remove_dot_segments(ref.path);
    return join_uri(ref);
  }
  ref.scheme = base.scheme;
  if (ref.authority) {
    ref.path = remove_dot_segments(ref.path);
    return join_uri(ref);
  }
  ref.authority = base.authority;
  if (ref.path.empty()) {
    ref.path = base.path;
    if (!ref.query)
      ref.query = base.query;
  } else if (ref.path.front() == '/') {
    ref.path = remove_dot_segments(ref.path);
  } else {
    ref.path = remove_dot_segments(merge_paths(base, ref.path));
  }
  return join_uri(ref);
}

std::pair<std::string, std::string> split_fragment(std::string_view uri) {
  const std::size_t hash = uri.find('#');
  if (hash == std::string_view::npos)
    return {std::string(uri), std::string()};
  return {std::string(uri.substr(0, hash)), percent_decode(uri.substr(hash + 1))};
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

bool is_uri_reference(std::string_view text) {
  const Uri uri = split_uri(text);
  if (uri.authority && !is_authority(*uri.authority))
    return false;
  if (!made_of(uri.path, ":@/"))
    return false;
  if (!uri.scheme && !uri.authority) {
    // A colon in the first segment would read as a scheme.
    const std::size_t colon = uri.path.find(':');
    if (colon != std::string::npos && uri.path.find('/') > colon)
      return false;
  }
  if (uri.query && !made_of(*uri.query, ":@/?"))
    return false;
  return !uri.fragment || made_of(*uri.fragment, ":@/?");
}

bool is_uri(std::string_view text) {
  return split_uri(text).scheme.has_value() && is_uri_reference(text);
}

}  // namespace pcsim::schema_detail
