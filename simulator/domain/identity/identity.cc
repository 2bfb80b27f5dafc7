#include "domain/identity/identity.h"

#include <array>

#include "pcsim/text.h"

namespace pcsim {
namespace {

struct ResourceRow {
  std::string_view resource;
  ResourceKind kind;
};

constexpr std::array kResources{
    ResourceRow{"https://api.partnercenter.microsoft.com", ResourceKind::PartnerCenter},
    ResourceRow{"https://graph.windows.net", ResourceKind::RetiredGraph},
    ResourceRow{"https://management.azure.com", ResourceKind::Management},
    ResourceRow{"https://management.core.windows.net", ResourceKind::Management},
};

std::string_view without_slash(std::string_view text) {
  if (!text.empty() && text.back() == '/') {
    text.remove_suffix(1);
  }
  return text;
}

const Partner* partner_of(const World& world, const std::string& tenant_id) {
  return world.partners.find(lower(tenant_id));
}

}  // namespace

std::optional<TenantRef> find_tenant(const World& world, std::string_view text) {
  if (equal_ignoring_case(text, "common") || equal_ignoring_case(text, "organizations")) {
    return TenantRef{{}, nullptr, nullptr, true};
  }
  for (const auto& [key, partner] : world.partners) {
    if (equal_ignoring_case(partner.tenant_id, text) || equal_ignoring_case(partner.domain, text)) {
      return TenantRef{lower(partner.tenant_id), &partner, nullptr, false};
    }
  }
  for (const auto& [key, customer] : world.customers) {
    if (equal_ignoring_case(customer.id, text) || equal_ignoring_case(customer.domain, text)) {
      return TenantRef{lower(customer.id), nullptr, &customer, false};
    }
  }
  return std::nullopt;
}

std::optional<ResourceKind> resource_kind(std::string_view resource, std::string_view base_url) {
  for (const ResourceRow& row : kResources) {
    if (equal_ignoring_case(without_slash(resource), row.resource)) {
      return row.kind;
    }
  }
  if (equal_ignoring_case(without_slash(resource), without_slash(base_url))) {
    return ResourceKind::Management;
  }
  return std::nullopt;
}

const Application* find_application(const World& world, std::string_view client_id) {
  for (const auto& [key, application] : world.applications) {
    if (equal_ignoring_case(application.client_id, client_id)) {
      return &application;
    }
  }
  return nullptr;
}

const User* find_user(const World& world, std::string_view name) {
  for (const auto& [key, user] : world.users) {
    if (equal_ignoring_case(user.user_principal_name, name)) {
      return &user;
    }
  }
  return nullptr;
}

bool serves(const Partner& partner, const Customer& customer) {
  return equal_ignoring_case(partner.domain, customer.partner_key) ||
         equal_ignoring_case(partner.domain, customer.reseller_key);
}

ClientStanding client_standing(const World& world, const Application* application,
                               std::string_view client_id, const TenantRef& tenant) {
  if (application == nullptr) {
    return equal_ignoring_case(client_id, kAzureCliClient) ? ClientStanding::PublicClient
                                                           : ClientStanding::None;
  }
  if (equal_ignoring_case(application->tenant_id, tenant.id)) {
    return ClientStanding::Home;
  }
  const Partner* partner = partner_of(world, application->tenant_id);
  if (partner != nullptr && tenant.customer != nullptr && serves(*partner, *tenant.customer)) {
    return ClientStanding::OnBehalf;
  }
  return ClientStanding::None;
}

bool user_reaches(const World& world, const User& user, const TenantRef& tenant, bool refreshed) {
  if (equal_ignoring_case(user.tenant_id, tenant.id)) {
    return true;
  }
  const Partner* partner = partner_of(world, user.tenant_id);
  return refreshed && partner != nullptr && tenant.customer != nullptr &&
         serves(*partner, *tenant.customer);
}

}  // namespace pcsim
