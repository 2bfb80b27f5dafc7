#include "http/body.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 64;

/// Builds the value while parsing, because a parsed object no longer knows its members' order.
class Builder : public nlohmann::json_sax<json> {
 public:
  std::optional<Error> failure;
  json root;

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!levels_.back().names.insert(name).second) {
      failure = Error{ErrorCode::DuplicateMember, {name}, {}};
      return false;
    }
    levels_.back().key = lower(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    failure = Error{ErrorCode::InvalidJson, {std::to_string(position)}, {}};
    return false;
  }

 private:
  struct Level {
    json value;
    std::string key{};
    std::set<std::string> names{};
  };

  bool put(json value) {
    if (levels_.empty()) {
      root = std::move(value);
    } else if (levels_.back().value.is_array()) {
      levels_.back().value.push_back(std::move(value));
    } else {
      levels_.back().value[levels_.back().key] = std::move(value);
    }
    return true;
  }

  bool open(json value) {
    if (levels_.size() >= kMaxDepth) {
      failure = Error{ErrorCode::JsonTooDeep, {std::to_string(kMaxDepth)}, {}};
      return false;
    }
    levels_.push_back(Level{std::move(value)});
    return true;
  }

  bool close() {
    json value = std::move(levels_.back().value);
    levels_.pop_back();
    return put(std::move(value));
  }

  std::vector<Level> levels_;
};

}  // namespace

Result<json> parse_body(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") {
    text.remove_prefix(3);
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return json{};
  }
  Builder builder;
  if (!json::sax_parse(text.begin(), text.end(), &builder)) {
    return builder.failure.value_or(Error{ErrorCode::InvalidJson, {"0"}, {}});
  }
  return std::move(builder.root);
}

}  // namespace pcsim
