#include "codec/arm/odata_filter.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {

using nlohmann::json;
using nlohmann::ordered_json;

/// A comparison, or a join of others.
struct ODataFilter::Node {
  enum class Kind { Compare, And, Or, Not } kind = Kind::Compare;
  std::string path{}, op{};
  json literal{};
  std::vector<std::shared_ptr<const Node>> parts{};
};

namespace {

using Node = ODataFilter::Node;
using NodePointer = std::shared_ptr<const Node>;

constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxText = 4'000;

struct Token {
  enum class Kind { Word, Text, Number, Open, Close, End, Bad } kind = Kind::End;
  std::string text{};
};

bool word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '.' ||
         c == '-' || c == ':' || c == '+';
}

/// Cuts a filter into words, quoted texts and parentheses.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) { advance(); }

  const Token& token() const { return token_; }

  void advance() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    if (rest_.empty()) {
      token_ = {};
    } else if (rest_.front() == '(' || rest_.front() == ')') {
      token_ = {rest_.front() == '(' ? Token::Kind::Open : Token::Kind::Close};
      rest_.remove_prefix(1);
    } else if (rest_.front() == '\'') {
      quoted();
    } else {
      word();
    }
  }

 private:
  void quoted() {
    std::string text;
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      const bool quote = rest_.front() == '\'';
      if (quote && (rest_.size() == 1 || rest_[1] != '\'')) {
        rest_.remove_prefix(1);
        token_ = {Token::Kind::Text, std::move(text)};
        return;
      }
      text += rest_.front();
      rest_.remove_prefix(quote ? 2 : 1);
    }
    token_ = {Token::Kind::Bad};
  }

  void word() {
    std::size_t end = 0;
    while (end < rest_.size() && word_char(rest_[end])) {
      ++end;
    }
    if (end == 0) {
      token_ = {Token::Kind::Bad};
      rest_ = {};
      return;
    }
    token_ = {Token::Kind::Word, std::string{rest_.substr(0, end)}};
    rest_.remove_prefix(end);
  }

  std::string_view rest_;
  Token token_{};
};

/// A literal: text, number, true, false, null, or a date as it stands.
std::optional<json> literal_of(const Token& token) {
  if (token.kind == Token::Kind::Text) {
    return json(token.text);
  }
  if (token.kind != Token::Kind::Word) {
    return std::nullopt;
  }
  if (equal_ignoring_case(token.text, "true") || equal_ignoring_case(token.text, "false")) {
    return json(equal_ignoring_case(token.text, "true"));
  }
  if (equal_ignoring_case(token.text, "null")) {
    return json{};
  }
  double number = 0;
  const char* end = token.text.data() + token.text.size();
  const auto [stop, error] = std::from_chars(token.text.data(), end, number);
  if (error == std::errc{} && stop == end) {
    return json(number);
  }
  return parse_instant(token.text) || is_guid(token.text) ? std::optional{json(token.text)}
                                                          : std::nullopt;
}

constexpr std::string_view kOperators[] = {"eq", "ne", "gt", "ge", "lt", "le"};

class Parser {
 public:
  explicit Parser(std::string_view text) : scanner_(text) {}

  NodePointer parse() {
    NodePointer root = any(0);
    return scanner_.token().kind == Token::Kind::End ? root : nullptr;
  }

 private:
  bool word(std::string_view wanted) {
    const Token& token = scanner_.token();
    if (token.kind != Token::Kind::Word || !equal_ignoring_case(token.text, wanted)) {
      return false;
    }
    scanner_.advance();
    return true;
  }

  NodePointer join(Node::Kind kind, std::string_view by, int depth) {
    Node node{kind};
    do {
      NodePointer part = kind == Node::Kind::Or ? join(Node::Kind::And, "and", depth) : one(depth);
      if (part == nullptr) {
        return nullptr;
      }
      node.parts.push_back(std::move(part));
    } while (word(by));
    return node.parts.size() == 1 ? node.parts.front()
                                  : std::make_shared<const Node>(std::move(node));
  }

  NodePointer any(int depth) {
    return depth > kMaxDepth ? nullptr : join(Node::Kind::Or, "or", depth);
  }

  NodePointer one(int depth) {
    if (word("not")) {
      NodePointer part = depth > kMaxDepth ? nullptr : one(depth + 1);
      return part == nullptr
                 ? nullptr
                 : std::make_shared<const Node>(Node{Node::Kind::Not, {}, {}, {}, {part}});
    }
    if (scanner_.token().kind == Token::Kind::Open) {
      scanner_.advance();
      NodePointer inner = any(depth + 1);
      if (scanner_.token().kind != Token::Kind::Close) {
        return nullptr;
      }
      scanner_.advance();
      return inner;
    }
    return comparison();
  }

  NodePointer comparison() {
    if (scanner_.token().kind != Token::Kind::Word) {
      return nullptr;
    }
    Node node;
    node.path = scanner_.token().text;
    scanner_.advance();
    for (const std::string_view op : kOperators) {
      if (node.op.empty() && word(op)) {
        node.op = op;
      }
    }
    const auto literal = node.op.empty() ? std::nullopt : literal_of(scanner_.token());
    if (!literal) {
      return nullptr;
    }
    node.literal = *literal;
    scanner_.advance();
    return std::make_shared<const Node>(std::move(node));
  }

  Scanner scanner_;
};

/// The member at `a/b`, names without regard to case; null when there is none.
const ordered_json* member_at(const ordered_json& value, std::string_view path) {
  const ordered_json* at = &value;
  for (const std::string_view name : split(path, '/')) {
    if (!at->is_object()) {
      return nullptr;
    }
    const ordered_json* next = nullptr;
    for (const auto& [key, member] : at->items()) {
      if (equal_ignoring_case(key, name)) {
        next = &member;
      }
    }
    if (next == nullptr) {
      return nullptr;
    }
    at = next;
  }
  return at;
}

/// -1, 0 or 1; nothing when they are of kinds that do not compare.
template <class Left, class Right>
std::optional<int> compare(const Left& left, const Right& right) {
  const auto sign = [](const auto& a, const auto& b) { return a < b ? -1 : a > b ? 1 : 0; };
  if (left.is_number() && right.is_number()) {
    return sign(left.template get<double>(), right.template get<double>());
  }
  if (left.is_boolean() && right.is_boolean()) {
    return sign(left.template get<bool>(), right.template get<bool>());
  }
  if (!left.is_string() || !right.is_string()) {
    return std::nullopt;
  }
  const auto a = left.template get<std::string>();
  const auto b = right.template get<std::string>();
  const auto first = parse_instant(a);
  const auto second = parse_instant(b);
  return first && second ? sign(*first, *second) : sign(lower(a), lower(b));
}

bool compares(const std::string& op, std::optional<int> order) {
  if (!order) {
    return op == "ne";
  }
  return op == "eq"   ? *order == 0
         : op == "ne" ? *order != 0
         : op == "gt" ? *order > 0
         : op == "ge" ? *order >= 0
         : op == "lt" ? *order < 0
                      : *order <= 0;
}

bool holds_at(const Node& node, const ordered_json& value) {
  switch (node.kind) {
    case Node::Kind::And:
      return std::all_of(node.parts.begin(), node.parts.end(),
                         [&](const NodePointer& part) { return holds_at(*part, value); });
    case Node::Kind::Or:
      return std::any_of(node.parts.begin(), node.parts.end(),
                         [&](const NodePointer& part) { return holds_at(*part, value); });
    case Node::Kind::Not:
      return !holds_at(*node.parts.front(), value);
    case Node::Kind::Compare:
      break;
  }
  const ordered_json* member = member_at(value, node.path);
  const bool none = member == nullptr || member->is_null();
  if (node.literal.is_null() || none) {
    const bool equal = none && node.literal.is_null();
    return node.op == "eq" ? equal : node.op == "ne" && !equal;
  }
  if (member->is_array()) {
    const bool within = std::any_of(member->begin(), member->end(), [&](const ordered_json& one) {
      return compares(node.op == "ne" ? "eq" : node.op, compare(one, node.literal));
    });
    return node.op == "ne" ? !within : within;
  }
  return compares(node.op, compare(*member, node.literal));
}

}  // namespace

std::optional<ODataFilter> ODataFilter::parse(std::string_view text) {
  NodePointer root = text.size() > kMaxText ? nullptr : Parser{text}.parse();
  return root == nullptr ? std::nullopt : std::optional{ODataFilter{std::move(root)}};
}

bool ODataFilter::holds(const ordered_json& value) const { return holds_at(*root_, value); }

std::optional<std::vector<ODataOrder>> parse_order(std::string_view text) {
  std::vector<ODataOrder> out;
  for (const std::string_view part : split(text, ',')) {
    std::vector<std::string_view> words;
    for (const std::string_view word : split(part, ' ')) {
      if (!word.empty()) {
        words.push_back(word);
      }
    }
    if (words.empty() || words.size() > 2 ||
        !std::all_of(words.front().begin(), words.front().end(), word_char)) {
      return std::nullopt;
    }
    const bool descending = words.size() == 2 && equal_ignoring_case(words[1], "desc");
    if (words.size() == 2 && !descending && !equal_ignoring_case(words[1], "asc")) {
      return std::nullopt;
    }
    out.push_back({std::string{words.front()}, descending});
  }
  return out;
}

bool stands_before(const std::vector<ODataOrder>& order, const ordered_json& left,
                   const ordered_json& right) {
  for (const ODataOrder& one : order) {
    const ordered_json* a = member_at(left, one.path);
    const ordered_json* b = member_at(right, one.path);
    if ((a == nullptr) != (b == nullptr)) {
      return (a == nullptr) != one.descending;
    }
    const auto sign = a == nullptr ? std::nullopt : compare(*a, *b);
    if (sign.value_or(0) != 0) {
      return (*sign < 0) != one.descending;
    }
  }
  return false;
}

}  // namespace pcsim
