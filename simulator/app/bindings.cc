#include <nlohmann/json.hpp>
#include <array>
#include <cstddef>

#include "app/handlers.h"

namespace pcsim {
namespace {

constexpr std::array kHandlers{
#define OP(id, surface, method, path, auth, roles, status, in, out, summary) &handle_##id,
#include "pcsim/operations/all.def"
#undef OP
};

}  // namespace

Handler handler_for(OperationId id) { return kHandlers[static_cast<std::size_t>(id)]; }

}  // namespace pcsim
