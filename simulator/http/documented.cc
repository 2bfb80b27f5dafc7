#include "http/documented.h"

#include <algorithm>
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
  std::string path{};  ///< in the form of normal_path
  std::vector<std::string> segments{};
  std::ptrdiff_t parameters = 0;
};

bool is_parameter(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

/// Rows by number of segments.
const std::map<std::size_t, std::vector<Shape>>& shapes() {
  static const auto table = [] {
    std::map<std::size_t, std::vector<Shape>> result;
    for (const InventoryRow& row : inventory()) {
      Shape shape{&row, normal_path(row.path)};
      for (const auto segment : split(shape.path, '/')) {
        shape.segments.emplace_back(segment);
      }
      shape.parameters = std::count_if(shape.segments.begin(), shape.segments.end(), is_parameter);
      result[shape.segments.size()].push_back(std::move(shape));
    }
    return result;
  }();
  return table;
}

bool matches(const Shape& shape, const std::vector<std::string_view>& segments) {
  return std::equal(shape.segments.begin(), shape.segments.end(), segments.begin(),
                    [](std::string_view own, std::string_view asked) {
                      return is_parameter(own) || equal_ignoring_case(own, asked);
                    });
}

/// Whether every path of `shape` is one of the operation with those segments too.
bool within(const Shape& shape, const std::vector<std::string_view>& wider) {
  return std::equal(shape.segments.begin(), shape.segments.end(), wider.begin(),
                    [](std::string_view own, std::string_view other) {
                      return is_parameter(other) || equal_ignoring_case(own, other);
                    });
}

/// For each operation the rows it would take although they are not simulated.
const std::map<OperationId, std::vector<const Shape*>>& hidden() {
  static const auto table = [] {
    std::map<OperationId, std::vector<const Shape*>> result;
    for (const Operation& operation : operations()) {
      const auto segments = split(operation.path, '/');
      const auto bucket = shapes().find(segments.size());
      if (operation.surface != Surface::PartnerCenter || bucket == shapes().end()) {
        continue;
      }
      for (const Shape& shape : bucket->second) {
        // Looking for its operation is the dearest question, and comes last.
        if (shape.row->method == operation.method && shape.row->host.empty() &&
            within(shape, segments) && simulation_of(*shape.row) == nullptr) {
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
  if (operation.surface != Surface::PartnerCenter) {
    return nullptr;
  }
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
