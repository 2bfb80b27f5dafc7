// Patterns as of ECMA 262, run by RE2.
#include <array>
#include <nlohmann/json.hpp>

#include "schema_internal.h"

namespace pcsim::schema_detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// White space and line ends as of ECMA 262, and all but these, for use in [].
constexpr std::string_view kSpace =
    "\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"
    "\\x{205f}\\x{3000}\\x{feff}";
constexpr std::string_view kNotSpace =
    "\\x00-\\x08\\x0e-\\x1f\\x21-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"
    "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"
    "\\x{ff00}-\\x{10ffff}";

// Long names of general categories, which RE2 knows only by the short ones.
struct CategoryEntry {
  std::string_view name;
  std::string_view code;
};
constexpr std::array<CategoryEntry, 16> kCategories = {{
    {"Letter", "L"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"Symbol", "S"},
    {"Separator", "Z"},
    {"Other", "C"},
}};

class PatternTranslator {
 public:
  explicit PatternTranslator(std::string_view pattern) : in_(pattern) {}

  std::optional<std::string> run(std::string* error) {
    while (at_ < in_.size() && error_.empty())
      step();
    if (error_.empty() && in_class_)
      error_ = "missing ]";
    if (error_.empty())
      return out_;
    *error = error_;
    return std::nullopt;
  }

 private:
  bool ahead(std::string_view text) const { return in_.substr(at_, text.size()) == text; }

  bool take(std::string_view text, std::string_view replacement) {
    if (!ahead(text))
      return false;
    at_ += text.size();
    out_ += replacement;
    return true;
  }

  void step() {
    if (in_[at_] == '\\') {
      ++at_;
      escape();
    } else if (in_class_) {
      class_character();
    } else if (take("[^]", "[\\x00-\\x{10ffff}]") || take("[]", "[^\\x00-\\x{10ffff}]") ||
               take(".", "[^\\n\\r\\x{2028}\\x{2029}]") || take("(?:", "(?:")) {
      return;
    } else if (in_[at_] == '[') {
      in_class_ = true;
      ++at_;
      out_ += '[';
      take("^", "^");
    } else if (ahead("(?")) {
      group();
    } else {
      out_ += in_[at_++];
    }
  }

  void class_character() {
    const char c = in_[at_++];
    if (c == '[') {
      out_ += "\\[";  // RE2 would look for [:alpha:]
      return;
    }
    in_class_ = c != ']';
    out_ += c;
  }

  void group() {
    if (ahead("(?=") || ahead("(?!") || ahead("(?<=") || ahead("(?<!")) {
      error_ = "look-around is not supported";
    } else if (!take("(?<", "(?P<")) {
      error_ = "unknown kind of group";
    }
  }

  void emit(std::uint32_t code_point) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    do {
      text.insert(text.begin(), kHex[code_point % 16]);
      code_point /= 16;
    } while (code_point != 0);
    out_ += "\\x{" + text + "}";
  }

  // Reads `count` hexadecimal digits.
  bool hex(std::size_t count, std::uint32_t* value) {
    if (in_.size() - at_ < count)
      return false;
    *value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = in_[at_ + i];
      if (!is_hex(c))
        return false;
      const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
      *value = *value * 16 + static_cast<std::uint32_t>(digit);
    }
    at_ += count;
    return true;
  }

  void unicode_escape() {
    std::uint32_t value = 0;
    if (ahead("{")) {
      const std::size_t end = in_.find('}', at_);
      ++at_;
      if (end == std::string_view::npos || end == at_ || end - at_ > 6 || !hex(end - at_, &value) ||
          value > 0x10ffff) {
        error_ = "malformed \\u";
        return;
      }
      ++at_;
      emit(value);
      return;
    }
    if (!hex(4, &value)) {
      error_ = "malformed \\u";
      return;
    }
    if (value >= 0xd800 && value < 0xdc00 && ahead("\\u")) {
      const std::size_t mark = at_;
      std::uint32_t low = 0;
      at_ += 2;
      if (hex(4, &low) && low >= 0xdc00 && low < 0xe000) {
        value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
      } else {
        at_ = mark;
      }
    }
    emit(value);
  }

  void property_escape(char letter) {
    const std::size_t end = in_.find('}', at_);
    if (!ahead("{") || end == std::string_view::npos) {
      error_ = std::string("malformed \\") + letter;
      return;
    }
    std::string_view name = in_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
      name.remove_prefix(equals + 1);
    }
    for (const CategoryEntry& entry : kCategories) {
      if (entry.name == name)
        name = entry.code;
    }
    out_ += std::string("\\") + letter + "{" + std::string(name) + "}";
  }

  void control_escape() {
    if (at_ < in_.size() && is_alpha(in_[at_])) {
      emit(static_cast<std::uint32_t>(in_[at_++]) % 32);
    } else {
      error_ = "malformed \\c";
    }
  }

  // After a backslash.
  void escape() {
    if (at_ == in_.size()) {
      error_ = "trailing \\";
      return;
    }
    const char c = in_[at_++];
    std::uint32_t value = 0;
    if (c == 's' || c == 'S') {
      const std::string set(c == 's' ? kSpace : kNotSpace);
      out_ += in_class_ ? set : "[" + set + "]";
    } else if (c == 'b' && in_class_) {
      emit(8);
    } else if (c == 'v') {
      emit(11);
    } else if (c == '0' && (at_ == in_.size() || !is_digit(in_[at_]))) {
      emit(0);
    } else if (c == 'c') {
      control_escape();
    } else if (c == 'u') {
      unicode_escape();
    } else if (c == 'x') {
      if (hex(2, &value)) {
        emit(value);
      } else {
        error_ = "malformed \\x";
      }
    } else if (c == 'p' || c == 'P') {
      property_escape(c);
    } else if (std::string_view("dDwWtnfr").find(c) != std::string_view::npos ||
               (!in_class_ && (c == 'b' || c == 'B'))) {
      out_ += std::string("\\") + c;
    } else if (is_digit(c) || (c == 'k' && ahead("<"))) {
      error_ = "back references are not supported";
    } else if (is_alpha(c)) {
      error_ = std::string("unknown escape \\") + c;
    } else if (static_cast<unsigned char>(c) >= 0x80 || c == '_') {
      out_ += c;  // stands for itself
    } else {
      out_ += std::string("\\") + c;
    }
  }

  std::string_view in_;
  std::size_t at_ = 0;
  bool in_class_ = false;
  std::string out_;
  std::string error_;
};

}  // namespace

std::optional<std::string> translate_pattern(std::string_view pattern, std::string* error) {
  return PatternTranslator(pattern).run(error);
}

std::unique_ptr<RE2> compile_pattern(const std::string& pattern, std::string* error) {
  const std::optional<std::string> translated = translate_pattern(pattern, error);
  if (!translated)
    return nullptr;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  auto compiled = std::make_unique<RE2>(*translated, options);
  if (compiled->ok())
    return compiled;
  *error = compiled->error();
  return nullptr;
}

}  // namespace pcsim::schema_detail
