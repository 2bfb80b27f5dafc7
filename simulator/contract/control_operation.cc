#include "pcsim/control_operation.h"

#include <array>

namespace pcsim {
namespace {

constexpr std::array kOperations{
#define CTL(id, method, path, in, out, status, summary) \
  ControlOperation{ControlId::id, #id, #method, path, in, out, status, summary},
#include "pcsim/operations/control.def"
#undef CTL
};

constexpr std::array kQueries{
#define CTL_QUERY(operation, name, meaning) ControlQuery{ControlId::operation, name, meaning},
#include "pcsim/operations/control_queries.def"
#undef CTL_QUERY
};

}  // namespace

std::span<const ControlQuery> control_queries() { return kQueries; }

std::span<const ControlOperation> control_operations() { return kOperations; }

}  // namespace pcsim
