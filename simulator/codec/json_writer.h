#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace pcsim {

/// A member's name, known when compiled: ASCII that needs no escape.
class JsonName {
 public:
  template <std::size_t kSize>
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is a name.
  consteval JsonName(const char (&literal)[kSize]) : text_(literal, kSize - 1) {
    for (const char c : text_) {
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        throw "the name would need an escape";
      }
    }
  }
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Where one value goes in JSON text that is written from front to back. Exactly one value is
/// assigned to a place; the text is the one nlohmann's `dump` would give, with U+FFFD for what is
/// no UTF-8. Source: RFC 8259 "JSON Grammar".
class JsonPlace {
 public:
  explicit JsonPlace(std::string& text) : text_(text) {}

  void operator=(std::string_view value) const;
  void operator=(const char* value) const { *this = std::string_view{value}; }
  void operator=(bool value) const { text_ += value ? "true" : "false"; }
  void operator=(std::nullptr_t) const { text_ += "null"; }
  void operator=(double value) const;
  template <std::integral Integer>
  void operator=(Integer value) const {
    if constexpr (std::signed_integral<Integer>) {
      number(static_cast<std::int64_t>(value));
    } else {
      number(static_cast<std::uint64_t>(value));
    }
  }

  /// A value that was built as a tree.
  void tree(const nlohmann::ordered_json& value) const;

  JsonPlace(const JsonPlace&) = default;
  JsonPlace& operator=(const JsonPlace&) = delete;

 private:
  friend class JsonObject;
  friend class JsonArray;

  void number(std::int64_t value) const;
  void number(std::uint64_t value) const;

  std::string& text_;
};

/// An object that is being written: opened by the constructor, closed by the destructor. Members
/// stand in the order of the calls, and none is written while a value inside it is still open. A
/// name is used once.
class JsonObject {
 public:
  explicit JsonObject(JsonPlace place) : text_(place.text_) { text_ += '{'; }
  ~JsonObject() { text_ += '}'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  /// Where the value of the member `name` goes.
  JsonPlace operator[](JsonName name) const;
  /// The same for a name that is known only now.
  JsonPlace named(std::string_view name) const;

 private:
  void separate() const;

  std::string& text_;
};

/// An array that is being written, like JsonObject.
class JsonArray {
 public:
  explicit JsonArray(JsonPlace place) : text_(place.text_) { text_ += '['; }
  ~JsonArray() { text_ += ']'; }
  JsonArray(const JsonArray&) = delete;
  JsonArray& operator=(const JsonArray&) = delete;

  /// Where the next element goes.
  JsonPlace next() const;

 private:
  std::string& text_;
};

/// The text of the one value that `write(JsonPlace)` writes.
template <class Write>
std::string json_text(Write write) {
  constexpr std::size_t kUsualSize = 2'048;
  std::string text;
  text.reserve(kUsualSize);
  write(JsonPlace{text});
  return text;
}

}  // namespace pcsim
