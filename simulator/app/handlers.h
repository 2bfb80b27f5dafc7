#pragma once

#include "app/call.h"

namespace pcsim {

// One handler per declared operation: a row without a handler does not link.
#define OP(id, surface, method, path, auth, roles, status, in, out, summary) \
  Result<Reply> handle_##id(const Call& call);
#include "pcsim/operations/all.def"
#undef OP

}  // namespace pcsim
