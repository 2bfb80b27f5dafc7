#include "http/documented.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "http/router.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

struct Shape {
  const InventoryRow* row = nullptr;
  std::string path{};  ///< in the form of normal_path; owns the segments
  int parameters = 0;
};

bool is_parameter(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

/// Rows by number of segments.
const std::map<std::size_t, std::vector<Shape>>& shapes() {
  static const auto table = [] {
    std::map<std::size_t, std::vector<Shape>> result;
    for (const InventoryRow& row : inventory()) {
      Shape shape{&row, normal_path(row.path)};
      const auto segments = split(shape.path, '/');
      for (const auto segment : segments) {
        shape.parameters += is_parameter(segment) ? 1 : 0;
      }
      result[segments.size()].push_back(std::move(shape));
    }
    return result;
  }();
  return table;
}

bool matches(const Shape& shape, const std::vector<std::string_view>& segments) {
  const auto own = split(shape.path, '/');
  for (std::size_t at = 0; at < segments.size(); ++at) {
    if (!is_parameter(own[at]) && !equal_ignoring_case(own[at], segments[at])) {
      return false;
    }
  }
  return true;
}

/// Whether every path of `shape` is one of `operation` too.
bool within(const Shape& shape, const Operation& operation) {
  const auto own = split(shape.path, '/');
  const auto wider = split(operation.path, '/');
  for (std::size_t at = 0; at < own.size(); ++at) {
    if (!is_parameter(wider[at]) && !equal_ignoring_case(own[at], wider[at])) {
      return false;
    }
  }
  return true;
}

/// For each operation the rows it would take although they are not simulated.
const std::map<OperationId, std::vector<const Shape*>>& hidden() {
  static const auto table = [] {
    std::map<OperationId, std::vector<const Shape*>> result;
    for (const Operation& operation : operations()) {
      const auto bucket = shapes().find(split(operation.path, '/').size());
      if (operation.surface != Surface::PartnerCenter || bucket == shapes().end()) {
        continue;
      }
      for (const Shape& shape : bucket->second) {
        if (shape.row->method == operation.method && shape.row->host.empty() &&
            simulation_of(*shape.row) == nullptr && within(shape, operation)) {
          result[operation.id].push_back(&shape);
        }
      }
    }
    return result;
  }();
  return table;
}

}  // namespace

const InventoryRow* documented_before(const Operation& operation, std::string_view path) {
  const auto found = hidden().find(operation.id);
  if (found == hidden().end()) {
    return nullptr;
  }
  const auto segments = split(path, '/');
  for (const Shape* shape : found->second) {
    if (matches(*shape, segments)) {
      return shape->row;
    }
  }
  return nullptr;
}

const InventoryRow* documented(std::string_view method, std::string_view host,
                               std::string_view path) {
  const auto segments = split(path, '/');
  const auto bucket = shapes().find(segments.size());
  if (bucket == shapes().end()) {
    return nullptr;
  }
  const Shape* best = nullptr;
  for (const Shape& shape : bucket->second) {
    if (shape.row->method == method && (best == nullptr || shape.parameters < best->parameters) &&
        (shape.row->host.empty() || equal_ignoring_case(shape.row->host, host)) &&
        matches(shape, segments)) {
      best = &shape;
    }
  }
  return best == nullptr ? nullptr : best->row;
}

}  // namespace pcsim
