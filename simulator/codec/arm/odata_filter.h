#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The part of OData that lists of the resource manager take: comparisons of members with
/// literals, joined by and, or, not and parentheses; an order of members.
namespace pcsim {

/// A parsed `$filter`.
class ODataFilter {
 public:
  /// `properties/archived eq false and (name ne 'x' or properties/quantity gt 2)`; nothing when
  /// `text` is no filter. Operators: eq, ne, gt, ge, lt, le.
  static std::optional<ODataFilter> parse(std::string_view text);

  /// Whether `value` fulfils it. Member names and texts compare without regard to case, dates as
  /// instants; a missing member equals null only, an array holds what one of its values does.
  bool holds(const nlohmann::ordered_json& value) const;

  struct Node;

 private:
  explicit ODataFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;
};

/// One member of an `$orderby`.
struct ODataOrder {
  std::string path;
  bool descending = false;
};

/// `properties/displayName desc, name`; nothing when `text` is no order.
std::optional<std::vector<ODataOrder>> parse_order(std::string_view text);

/// Whether `left` stands before `right`.
bool stands_before(const std::vector<ODataOrder>& order, const nlohmann::ordered_json& left,
                   const nlohmann::ordered_json& right);

}  // namespace pcsim
