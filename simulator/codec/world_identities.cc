#include <array>
#include <optional>
#include <span>
#include <utility>

#include "codec/entra/client_assertion.h"
#include "codec/member_table.h"
#include "codec/world_sections.h"
#include "domain/identity/sign_in.h"
#include "domain/users/directory_roles.h"
#include "pcsim/operation.h"

namespace pcsim {
namespace {

using namespace members;

using RoleChoice = std::pair<std::string_view, std::uint32_t>;
Refusal user_roles(const LocatedJson& node, User& target) {
  if (node.kind != Kind::Array) {
    return "must be an array of role names";
  }
  for (const LocatedJson& item : node.items) {
    std::uint32_t role = 0;
    Refusal refusal = choose(
        item, role,
        std::array{RoleChoice{"admin_agent", kAdminAgent}, RoleChoice{"sales_agent", kSalesAgent},
                   RoleChoice{"helpdesk_agent", kHelpdeskAgent},
                   RoleChoice{"global_admin", kGlobalAdmin}, RoleChoice{"user_admin", kUserAdmin}});
    if (refusal) {
      return refusal;
    }
    target.roles |= role;
  }
  return std::nullopt;
}

Refusal user_directory_roles(const LocatedJson& node, User& target) {
  if (node.kind != Kind::Array) {
    return "must be an array of directory role names";
  }
  for (const LocatedJson& item : node.items) {
    const auto* role = item.kind == Kind::Text ? directory_role_named(item.text) : nullptr;
    if (role == nullptr) {
      return "must name directory roles such as Company Administrator";
    }
    target.directory_roles.emplace_back(role->id);
  }
  return std::nullopt;
}

Refusal application_certificates(const LocatedJson& node, Application& target) {
  if (node.kind != Kind::Array) {
    return "must be an array of certificates";
  }
  for (const LocatedJson& item : node.items) {
    const auto digests = item.kind == Kind::Text ? certificate_digests(item.text) : std::nullopt;
    if (!digests) {
      return "must hold certificates with RSA keys, in PEM form";
    }
    target.certificates.push_back({digests->sha1, digests->sha256, item.text});
  }
  return std::nullopt;
}

using DemandChoice = std::pair<std::string_view, AccessDemand>;
Refusal policy_demand(const LocatedJson& node, AccessPolicy& target) {
  return choose(
      node, target.demand,
      std::array{DemandChoice{"block", AccessDemand::Block}, DemandChoice{"mfa", AccessDemand::Mfa},
                 DemandChoice{"external_challenge", AccessDemand::ExternalChallenge}});
}

const std::array kApplication{guid<&Application::client_id>("client_id"),
                              text<&Application::client_secret>("client_secret", Need::Optional),
                              guid<&Application::tenant_id>("tenant_id"),
                              guid<&Application::object_id>("object_id"),
                              text<&Application::name>("name", Need::Optional),
                              texts<&Application::redirect_uris>("redirect_uris", Need::Optional),
                              Member<Application>{"certificates", false, application_certificates},
                              optional_instant<&Application::secret_expires>("secret_expires")};
const std::array kUser{guid<&User::id>("id"),
                       text<&User::user_principal_name>("user_principal_name"),
                       text<&User::password>("password"),
                       guid<&User::tenant_id>("tenant_id"),
                       text<&User::display_name>("display_name", Need::Optional),
                       Member<User>{"roles", false, user_roles},
                       flag<&User::mfa>("mfa", Need::Optional),
                       text<&User::first_name>("first_name", Need::Optional),
                       text<&User::last_name>("last_name", Need::Optional),
                       text<&User::usage_location>("usage_location", Need::Optional),
                       text<&User::phone_number>("phone_number", Need::Optional),
                       text<&User::immutable_id>("immutable_id", Need::Optional),
                       Member<User>{"directory_roles", false, user_directory_roles},
                       flag<&User::force_change_password>("force_change_password", Need::Optional),
                       optional_instant<&User::soft_deleted>("soft_deleted"),
                       optional_instant<&User::directory_synced>("directory_synced"),
                       optional_instant<&User::sessions_end>("sessions_end"),
                       optional_instant<&User::password_expires>("password_expires"),
                       flag<&User::mfa_enrolled>("mfa_enrolled", Need::Optional)};
const std::array kGuestAccess{guid<&GuestAccess::tenant_id>("tenant_id"),
                              guid<&GuestAccess::object_id>("object_id")};
const std::array kServicePrincipal{
    guid<&ServicePrincipal::object_id>("object_id"),
    guid<&ServicePrincipal::client_id>("client_id"),
    guid<&ServicePrincipal::tenant_id>("tenant_id"),
    flag<&ServicePrincipal::admin_consent>("admin_consent", Need::Optional),
    texts<&ServicePrincipal::consenting_users>("consenting_users", Need::Optional)};
const std::array kAccessPolicy{guid<&AccessPolicy::id>("id"),
                               guid<&AccessPolicy::tenant_id>("tenant_id"),
                               Member<AccessPolicy>{"demand", true, policy_demand},
                               texts<&AccessPolicy::audiences>("audiences", Need::Optional),
                               texts<&AccessPolicy::users>("users", Need::Optional),
                               texts<&AccessPolicy::clients>("clients", Need::Optional)};

Failure read_user(LocatedJson item, const std::string& where, World& world) {
  User user{};
  const auto guest_of = take(item, "guest_of");
  if (Failure failure = read_object<User>(item, where, kUser, user)) {
    return failure;
  }
  if (guest_of) {
    if (Failure failure = read_list(*guest_of, where + ".guest_of", kGuestAccess, user.guest_of)) {
      return failure;
    }
  }
  const std::string id = user.id;
  if (world.users.find(id) != nullptr) {
    return DataFailure{where, item.line, "its id " + id + " appears twice"};
  }
  world.users.put(id, std::move(user));
  return std::nullopt;
}

Failure read_service_principal(const LocatedJson& item, const std::string& where, World& world) {
  ServicePrincipal principal{};
  if (Failure failure = read_object<ServicePrincipal>(item, where, kServicePrincipal, principal)) {
    return failure;
  }
  const std::string key = service_principal_key(principal.client_id, principal.tenant_id);
  if (world.service_principals.find(key) != nullptr) {
    return DataFailure{where, item.line, "this application already has one in the tenant"};
  }
  world.service_principals.put(key, std::move(principal));
  return std::nullopt;
}

constexpr std::array kSections{
    WorldSection{"applications",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kApplication, world.applications,
                                    &Application::client_id);
                 }},
    WorldSection{"users",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_user(item, where, world);
                   });
                 }},
    WorldSection{"service_principals",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_service_principal(item, where, world);
                   });
                 }},
    WorldSection{
        "access_policies", [](const LocatedJson& node, const std::string& path, World& world) {
          return read_rows(node, path, kAccessPolicy, world.access_policies, &AccessPolicy::id);
        }}};

}  // namespace

std::span<const WorldSection> identity_sections() { return kSections; }

}  // namespace pcsim
