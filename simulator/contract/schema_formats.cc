#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "schema_internal.h"
#include "uri.h"

namespace pcsim::schema_detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// ---- dates and times (RFC 3339)

// The number `count` digits at `at` make, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count)
    return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_digit(text[i]))
      return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-')
    return false;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 0 || month < 1 || month > 12)
    return false;
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int last = month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
  return day >= 1 && day <= last;
}

// "hh:mm" as minutes, or -1.
int clock_minutes(std::string_view text) {
  if (text.size() < 5 || text[2] != ':')
    return -1;
  const int hour = digits(text, 0, 2);
  const int minute = digits(text, 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return -1;
  return hour * 60 + minute;
}

bool is_time(std::string_view text) {
  const int local = clock_minutes(text);
  if (local < 0 || text.size() < 9 || text[5] != ':')
    return false;
  const int second = digits(text, 6, 2);
  if (second < 0 || second > 60)
    return false;
  std::size_t at = 8;
  if (text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && is_digit(text[at]))
      ++at;
    if (at == first)
      return false;
  }
  const std::string_view zone = text.substr(at);
  int offset = 0;
  if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-')) {
    offset = clock_minutes(zone.substr(1));
    if (offset < 0)
      return false;
    if (zone[0] == '-')
      offset = -offset;
  } else if (zone != "Z" && zone != "z") {
    return false;
  }
  // A leap second is the last one of a UTC day.
  constexpr int kDay = 24 * 60;
  return second < 60 || (local - offset + kDay) % kDay == kDay - 1;
}

bool is_date_time(std::string_view text) {
  if (text.size() < 11 || (text[10] != 'T' && text[10] != 't'))
    return false;
  return is_date(text.substr(0, 10)) && is_time(text.substr(11));
}

// ---- hosts

bool is_ipv4(std::string_view text) {
  int parts = 0;
  while (true) {
    const std::string_view part = text.substr(0, text.find('.'));
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
      return false;
    const int value = digits(part, 0, part.size());
    if (value < 0 || value > 255)
      return false;
    ++parts;
    if (part.size() == text.size())
      return parts == 4;
    text.remove_prefix(part.size() + 1);
  }
}

// 16-bit groups in a colon separated list (an IPv4 tail is two), or -1.
int ipv6_groups(std::string_view text, bool ipv4_tail_allowed) {
  if (text.empty())
    return 0;
  int groups = 0;
  while (true) {
    const std::string_view part = text.substr(0, text.find(':'));
    const bool last = part.size() == text.size();
    if (last && ipv4_tail_allowed && part.find('.') != std::string_view::npos) {
      return is_ipv4(part) ? groups + 2 : -1;
    }
    if (part.empty() || part.size() > 4 || !std::all_of(part.begin(), part.end(), is_hex)) {
      return -1;
    }
    ++groups;
    if (last)
      return groups;
    text.remove_prefix(part.size() + 1);
  }
}

bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > 253)
    return false;
  while (true) {
    const std::string_view label = text.substr(0, text.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
      return false;
    }
    for (const char c : label) {
      if (!is_alpha(c) && !is_digit(c) && c != '-')
        return false;
    }
    if (label.size() == text.size())
      return true;
    text.remove_prefix(label.size() + 1);
  }
}

// The local part of a mailbox: atoms with dots between, or a quoted string.
bool is_mailbox_name(std::string_view text) {
  constexpr std::string_view kAtom = "!#$%&'*+-/=?^_`{|}~.";
  if (text.empty() || text.size() > 64)
    return false;
  if (text.front() == '"') {
    if (text.size() < 3 || text.back() != '"')
      return false;
    text = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"' || (text[i] == '\\' && ++i == text.size()))
        return false;
      if (text[i] < ' ' || text[i] > '~')
        return false;
    }
    return true;
  }
  if (text.front() == '.' || text.back() == '.')
    return false;
  if (text.find("..") != std::string_view::npos)
    return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alpha(c) || is_digit(c) || kAtom.find(c) != std::string_view::npos;
  });
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || !is_mailbox_name(text.substr(0, at)))
    return false;
  const std::string_view domain = text.substr(at + 1);
  if (domain.size() > 2 && domain.front() == '[' && domain.back() == ']') {
    const std::string_view literal = domain.substr(1, domain.size() - 2);
    if (literal.substr(0, 5) == "IPv6:")
      return is_ipv6(literal.substr(5));
    return is_ipv4(literal);
  }
  return is_hostname(domain);
}

// ---- the rest

bool is_uuid(std::string_view text) {
  if (text.size() != 36)
    return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i]))
      return false;
  }
  return true;
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/')
    return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '~')
      continue;
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))
      return false;
  }
  return true;
}

bool is_regex(std::string_view text) {
  std::string ignored;
  return compile_pattern(std::string(text), &ignored) != nullptr;
}

struct FormatEntry {
  std::string_view name;
  FormatCheck check;
};

constexpr std::array<FormatEntry, 12> kFormats = {{
    {"date-time", is_date_time},
    {"date", is_date},
    {"time", is_time},
    {"email", is_email},
    {"uri", is_uri},
    {"uri-reference", is_uri_reference},
    {"uuid", is_uuid},
    {"ipv4", is_ipv4},
    {"ipv6", is_ipv6},
    {"hostname", is_hostname},
    {"json-pointer", is_json_pointer},
    {"regex", is_regex},
}};

}  // namespace

bool is_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos)
    return ipv6_groups(text, true) == 8;
  const int before = ipv6_groups(text.substr(0, gap), false);
  const int after = ipv6_groups(text.substr(gap + 2), true);
  return before >= 0 && after >= 0 && before + after <= 7;
}

FormatCheck find_format(std::string_view name) {
  for (const FormatEntry& entry : kFormats) {
    if (entry.name == name)
      return entry.check;
  }
  return nullptr;
}

}  // namespace pcsim::schema_detail
