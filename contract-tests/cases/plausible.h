#pragma once

#include "harness/client.h"

namespace pcsim::contract {

/// A call of `row` that every check before the handler lets pass.
Ask plausible(const Operation& row);

/// Who may make it.
Client caller_of(Universe& universe, const Operation& row);

}  // namespace pcsim::contract
