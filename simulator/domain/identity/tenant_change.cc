#include "domain/identity/tenant_change.h"

#include <utility>
#include <vector>

#include "domain/identity/sign_in.h"
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

/// The key of these rows names the tenant, too.
void move_service_principals(World& world, const std::string& before, const std::string& after) {
  std::vector<std::pair<std::string, ServicePrincipal>> moving;
  for (const auto& [key, row] : world.service_principals) {
    if (equal_ignoring_case(row.tenant_id, before)) {
      moving.emplace_back(key, row);
    }
  }
  for (auto& [key, row] : moving) {
    world.service_principals.erase(key);
    row.tenant_id = after;
    world.service_principals.put(service_principal_key(row.client_id, after), std::move(row));
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
  move_rows(world.access_policies, &AccessPolicy::tenant_id, before, tenant);
  move_rows(world.delegations, &Delegation::managing_tenant_id, before, tenant);
  move_service_principals(world, before, tenant);
}

}  // namespace pcsim
