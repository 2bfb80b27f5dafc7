#pragma once

#include <span>
#include <string_view>

namespace pcsim {

/// Every call of the steering interface, one enumerator per row of operations/control.def.
enum class ControlId {
#define CTL(id, method, path, in, out, status, summary) id,
#include "pcsim/operations/control.def"
#undef CTL
};

/// One declared call; routing, `pcsim ctl` and the OpenAPI document derive from it.
struct ControlOperation {
  ControlId id;
  std::string_view name, method, path;
  std::string_view request_schema, response_schema;
  int success_status;
  std::string_view summary;
};

/// A member of a call's query.
struct ControlQuery {
  ControlId operation;
  std::string_view name, meaning;
};

std::span<const ControlQuery> control_queries();

/// All calls in declaration order.
std::span<const ControlOperation> control_operations();

}  // namespace pcsim
