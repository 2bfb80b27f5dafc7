#include "domain/identity/identity.h"

#include <algorithm>
#include <array>

#include "domain/identity/sign_in.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

struct ResourceRow {
  std::string_view address, application_id;
  ResourceKind kind;
};

constexpr std::array kResources{
    ResourceRow{"https://api.partnercenter.microsoft.com", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
                ResourceKind::PartnerCenter},
    ResourceRow{"https://graph.windows.net", "00000002-0000-0000-c000-000000000000",
                ResourceKind::RetiredGraph},
    ResourceRow{kGraphResource, "00000003-0000-0000-c000-000000000000", ResourceKind::Graph},
    ResourceRow{"https://management.azure.com", "797f4846-ba00-4fd7-ba43-dac1f8f63013",
                ResourceKind::Management},
    ResourceRow{"https://management.core.windows.net", "797f4846-ba00-4fd7-ba43-dac1f8f63013",
                ResourceKind::Management},
};

constexpr std::string_view kOwnAudience = "https://management.azure.com";
constexpr std::string_view kManagementApplication = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

constexpr std::array<std::string_view, 4> kLoginHosts{
    "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"};

bool is_dns_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

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
  if (equal_ignoring_case(text, "consumers") || equal_ignoring_case(text, kConsumersTenant)) {
    return TenantRef{std::string{kConsumersTenant}, nullptr, nullptr, false};
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

std::optional<Resource> find_resource(std::string_view name, std::string_view base_url) {
  for (const ResourceRow& row : kResources) {
    if (equal_ignoring_case(without_slash(name), row.address)) {
      return Resource{row.kind, std::string{name}, std::string{row.application_id}};
    }
    if (equal_ignoring_case(without_slash(name), row.application_id)) {
      return Resource{row.kind, std::string{row.address}, std::string{row.application_id}};
    }
  }
  if (equal_ignoring_case(without_slash(name), without_slash(base_url))) {
    return Resource{ResourceKind::Management, std::string{kOwnAudience},
                    std::string{kManagementApplication}};
  }
  return std::nullopt;
}

std::optional<Resource> find_resource(const World& world, std::string_view name,
                                      std::string_view base_url) {
  if (auto published = find_resource(name, base_url)) {
    return published;
  }
  constexpr std::string_view scheme = "api://";
  std::string_view id = without_slash(name);
  if (equal_ignoring_case(id.substr(0, scheme.size()), scheme)) {
    id.remove_prefix(scheme.size());
  }
  const Application* application = find_application(world, id);
  return application == nullptr
             ? std::nullopt
             : std::optional{Resource{ResourceKind::Application, std::string{without_slash(name)},
                                      lower(application->client_id)}};
}

bool is_login_host(std::string_view host) {
  return std::any_of(kLoginHosts.begin(), kLoginHosts.end(),
                     [&](std::string_view known) { return equal_ignoring_case(host, known); });
}

bool is_tenant_name(std::string_view text) {
  if (is_guid(text)) {
    return true;
  }
  const auto labels = split(text, '.');
  return labels.size() > 1 && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
           return !label.empty() && std::all_of(label.begin(), label.end(), is_dns_character);
         });
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
    if (!user.soft_deleted && equal_ignoring_case(user.user_principal_name, name)) {
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
  if (find_service_principal(world, client_id, tenant.id) != nullptr) {
    return ClientStanding::Installed;
  }
  const Partner* partner = partner_of(world, application->tenant_id);
  if (partner != nullptr && tenant.customer != nullptr && serves(*partner, *tenant.customer)) {
    return ClientStanding::OnBehalf;
  }
  return ClientStanding::None;
}

bool user_reaches(const World& world, const User& user, const TenantRef& tenant, bool beyond_home) {
  if (equal_ignoring_case(user.tenant_id, tenant.id)) {
    return true;
  }
  if (beyond_home && guest_access(user, tenant.id) != nullptr) {
    return true;
  }
  const Partner* partner = partner_of(world, user.tenant_id);
  return beyond_home && partner != nullptr && tenant.customer != nullptr &&
         serves(*partner, *tenant.customer);
}

}  // namespace pcsim
