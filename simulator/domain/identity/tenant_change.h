#pragma once

#include <string>

#include "domain/world.h"

namespace pcsim {

/// Lets the first partner who sells directly live in `tenant`, with its applications and users, as
/// if it always had. A world without such a partner stays as it is. Nothing else names a partner's
/// tenant.
void wear_tenant(World& world, const std::string& tenant);

}  // namespace pcsim
