#include "codec/located_json.h"

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

using Kind = LocatedJson::Kind;
constexpr std::size_t kDeepest = 32;

/// Reads characters and counts the line ends it passes.
struct LineCounter {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  int* line;

  reference operator*() const { return *at; }
  LineCounter& operator++() {
    if (*at == '\n') {
      ++*line;
    }
    ++at;
    return *this;
  }
  LineCounter operator++(int) {
    LineCounter before = *this;
    ++*this;
    return before;
  }
  bool operator==(const LineCounter& other) const { return at == other.at; }
  bool operator!=(const LineCounter& other) const { return at != other.at; }
};

class Builder {
 public:
  explicit Builder(const int& line) : line_(line) {}

  bool null() { return put(Kind::Null); }
  bool boolean(bool value) {
    return put(Kind::Boolean, [&](auto& node) { node.boolean = value; });
  }
  bool number_integer(std::int64_t value) {
    return put(Kind::Integer, [&](auto& node) {
      node.integer = value;
      node.real = static_cast<double>(value);
    });
  }
  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      return number_float(static_cast<double>(value), {});
    }
    return number_integer(static_cast<std::int64_t>(value));
  }
  bool number_float(double value, const std::string&) {
    return put(Kind::Real, [&](auto& node) { node.real = value; });
  }
  bool string(std::string& value) {
    return put(Kind::Text, [&](auto& node) { node.text = std::move(value); });
  }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Kind::Object); }
  bool start_array(std::size_t) { return open(Kind::Array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    for (const auto& member : stack_.back()->members) {
      if (member.first == name) {
        error = LocatedJsonError{line_, name, "the member appears twice"};
        return false;
      }
    }
    key_ = name;
    key_line_ = line_;
    return true;
  }
  bool parse_error(std::size_t, const std::string& token, const nlohmann::json::exception&) {
    error = LocatedJsonError{line_, key_, "not valid JSON near '" + token + "'"};
    return false;
  }

  LocatedJson root{};
  std::optional<LocatedJsonError> error{};

 private:
  bool put(Kind kind) {
    return put(kind, [](auto&) {});
  }
  template <class Fill>
  bool put(Kind kind, Fill fill) {
    fill(place(kind));
    return true;
  }
  LocatedJson& place(Kind kind) {
    LocatedJson node;
    node.kind = kind;
    node.line = line_;
    if (stack_.empty()) {
      root = std::move(node);
      return root;
    }
    LocatedJson& parent = *stack_.back();
    if (parent.kind == Kind::Array) {
      return parent.items.emplace_back(std::move(node));
    }
    node.line = key_line_;
    return parent.members.emplace_back(key_, std::move(node)).second;
  }
  bool open(Kind kind) {
    if (stack_.size() >= kDeepest) {
      error = LocatedJsonError{line_, key_, "nested too deeply"};
      return false;
    }
    stack_.push_back(&place(kind));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }

  const int& line_;
  std::vector<LocatedJson*> stack_{};
  std::string key_{};
  int key_line_ = 1;
};

}  // namespace

std::variant<LocatedJson, LocatedJsonError> parse_located_json(std::string_view text) {
  int line = 1;
  Builder builder(line);
  const LineCounter first{text.data(), &line};
  const LineCounter last{text.data() + text.size(), &line};
  if (!nlohmann::json::sax_parse(first, last, &builder)) {
    return builder.error.value_or(LocatedJsonError{line, {}, "not valid JSON"});
  }
  return std::move(builder.root);
}

}  // namespace pcsim
