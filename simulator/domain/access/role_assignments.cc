#include "domain/access/role_assignments.h"

namespace pcsim {

void assign_role(World& world, RoleAssignment row) {
  const std::string key = row.id;
  world.role_assignments.put(key, std::move(row));
}

}  // namespace pcsim
