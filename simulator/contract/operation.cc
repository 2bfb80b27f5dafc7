#include "pcsim/operation.h"

#include <array>
#include <cstddef>

namespace pcsim {
namespace {

constexpr std::array kOperations{
#define OP(id, surface, method, path, auth, roles, status, in, out, summary) \
  Operation{OperationId::id,                                                 \
            #id,                                                             \
            Surface::surface,                                                \
            #method,                                                         \
            path,                                                            \
            AuthMode::auth,                                                  \
            static_cast<std::uint32_t>(roles),                               \
            status,                                                          \
            in,                                                              \
            out,                                                             \
            summary},
#include "pcsim/operations/all.def"
#undef OP
};

}  // namespace

std::span<const Operation> operations() { return kOperations; }

const Operation& operation(OperationId id) { return kOperations[static_cast<std::size_t>(id)]; }

}  // namespace pcsim
