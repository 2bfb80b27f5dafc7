#include "domain/identity/tenant_change.h"

#include <utility>
#include <vector>

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Writes only the rows that live in `before`, so that all others stay shared.
template <class Rows, class Member>
void move_rows(Rows& rows, Member member, const std::string& before, const std::string& after) {
  std::vector<std::string> keys;
  for (const auto& [key, row] : rows) {
    if (equal_ignoring_case(row.*member, before)) {
      keys.push_back(key);
    }
  }
  for (const std::string& key : keys) {
    rows.edit(key)->*member = after;
  }
}

}  // namespace

void wear_tenant(World& world, const std::string& tenant) {
  std::string before;
  for (const auto& [key, partner] : world.partners) {
    if (partner.kind == PartnerKind::Direct) {
      before = key;
      break;
    }
  }
  if (before.empty() || equal_ignoring_case(before, tenant)) {
    return;
  }
  Partner partner = *world.partners.find(before);
  world.partners.erase(before);
  partner.tenant_id = tenant;
  world.partners.put(lower(tenant), std::move(partner));
  move_rows(world.applications, &Application::tenant_id, before, tenant);
  move_rows(world.users, &User::tenant_id, before, tenant);
}

}  // namespace pcsim
