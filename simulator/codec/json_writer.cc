#include "codec/json_writer.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// How many bytes from `at` on are one well-formed character (0 when none is there), and how many
/// could begin one. Source: Unicode "Well-Formed UTF-8 Byte Sequences", table 3-7.
struct Sequence {
  std::size_t whole = 0, begun = 1;
};

Sequence sequence_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  const std::size_t size = lead < 0x80                    ? 1
                           : lead >= 0xC2 && lead <= 0xDF ? 2
                           : lead >= 0xE0 && lead <= 0xEF ? 3
                           : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                          : 0;
  if (size == 0) {
    return {};
  }
  // The second byte is narrowed by the first; the others are any continuation.
  unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < size; ++i) {
    if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high) {
      return {0, i};
    }
    low = 0x80;
    high = 0xBF;
  }
  return {size, size};
}

/// Whether a byte stands for itself, whatever comes before and after.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) {
    plain[c] = c != '"' && c != '\\';
  }
  return plain;
}();

void add_escape(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(c) >> 4U];
      out += kDigits[static_cast<unsigned char>(c) & 15U];
  }
}

void add_string(std::string& out, std::string_view value) {
  out += '"';
  std::size_t done = 0;
  const auto flush = [&](std::size_t end) { out.append(value, done, end - done); };
  for (std::size_t at = 0; at < value.size();) {
    const auto byte = static_cast<unsigned char>(value[at]);
    if (kPlain[byte]) {
      ++at;
      continue;
    }
    const Sequence sequence = sequence_at(value, at);
    if (byte >= 0x80 && sequence.whole != 0) {
      at += sequence.whole;
      continue;
    }
    flush(at);
    if (byte < 0x80) {
      add_escape(out, value[at]);
    } else {
      out += kReplacement;
    }
    at += sequence.begun;
    done = at;
  }
  flush(value.size());
  out += '"';
}

template <class Integer>
void add_integer(std::string& out, Integer value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void JsonPlace::operator=(std::string_view value) const { add_string(text_, value); }

void JsonPlace::operator=(double value) const {
  // The library's own digits, because the shortest ones are not always the same.
  tree(nlohmann::ordered_json(value));
}

void JsonPlace::tree(const nlohmann::ordered_json& value) const {
  text_ += value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void JsonPlace::number(std::int64_t value) const { add_integer(text_, value); }

void JsonPlace::number(std::uint64_t value) const { add_integer(text_, value); }

void JsonObject::separate() const {
  if (text_.back() != '{') {
    text_ += ',';
  }
}

JsonPlace JsonObject::operator[](JsonName name) const {
  separate();
  text_ += '"';
  text_ += name.text();
  text_ += "\":";
  return JsonPlace{text_};
}

JsonPlace JsonObject::named(std::string_view name) const {
  separate();
  add_string(text_, name);
  text_ += ':';
  return JsonPlace{text_};
}

JsonPlace JsonArray::next() const {
  if (text_.back() != '[') {
    text_ += ',';
  }
  return JsonPlace{text_};
}

}  // namespace pcsim
