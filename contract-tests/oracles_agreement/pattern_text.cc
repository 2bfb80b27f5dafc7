#include "pattern_text.h"

#include <cstddef>

namespace pcsim::agreement {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  std::optional<std::string> run() {
    std::string out = alternatives();
    if (failed_ || !rest_.empty()) {
      return std::nullopt;
    }
    return out;
  }

 private:
  char take() {
    if (rest_.empty()) {
      failed_ = true;
      return '\0';
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  bool ahead(char c) const { return !rest_.empty() && rest_.front() == c; }

  // The first alternative counts, the others are only read over.
  std::string alternatives() {
    std::string out = sequence();
    while (!failed_ && ahead('|')) {
      take();
      sequence();
    }
    return out;
  }

  std::string sequence() {
    std::string out;
    while (!failed_ && !rest_.empty() && !ahead('|') && !ahead(')')) {
      if (ahead('^') || ahead('$')) {
        take();
        continue;
      }
      const std::string piece = atom();
      const std::size_t times = repetitions();
      for (std::size_t i = 0; i < times; ++i) {
        out += piece;
      }
    }
    return out;
  }

  std::string atom() {
    const char c = take();
    switch (c) {
      case '(':
        return group();
      case '[':
        return character_class();
      case '\\':
        return escaped();
      case '.':
        return "a";
      default:
        return {c};
    }
  }

  std::string group() {
    std::string out = alternatives();
    if (take() != ')') {
      failed_ = true;
    }
    return out;
  }

  // An escaped letter would be a class of its own, but for the line break.
  std::string escaped() {
    const char c = take();
    if (c == 'n') {
      return "\n";
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    failed_ = failed_ || letter;
    return {c};
  }

  // The first character of the class stands for it.
  std::string character_class() {
    if (ahead('^')) {
      failed_ = true;
    }
    const std::string first = ahead('\\') ? (take(), escaped()) : std::string{take()};
    while (!failed_ && take() != ']') {
    }
    return first;
  }

  std::size_t number() {
    std::size_t value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value = value * 10 + static_cast<std::size_t>(take() - '0');
    }
    return value;
  }

  std::size_t repetitions() {
    if (ahead('?') || ahead('*') || ahead('+')) {
      take();
      return 1;
    }
    if (!ahead('{')) {
      return 1;
    }
    take();
    const std::size_t least = number();
    while (!failed_ && take() != '}') {
    }
    return least == 0 ? 1 : least;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> text_matching(std::string_view pattern) { return Reader(pattern).run(); }

}  // namespace pcsim::agreement
