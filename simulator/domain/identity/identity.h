#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/world.h"

/// Who may obtain which token where: tenants, applications, users and resources.
namespace pcsim {

/// A public client Microsoft preinstalls in every tenant (Azure CLI); it has no secret.
constexpr std::string_view kAzureCliClient = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// The tenant a token request is addressed to; `any` stands for common and organizations.
struct TenantRef {
  std::string id{};
  const Partner* partner = nullptr;
  const Customer* customer = nullptr;
  bool any = false;
};

/// The tenant of personal accounts, `consumers`; nobody here lives in it.
constexpr std::string_view kConsumersTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Resolves a path segment: GUID or verified domain of a partner or customer, common,
/// organizations, consumers.
std::optional<TenantRef> find_tenant(const World& world, std::string_view text);

/// What kind of API an audience belongs to.
enum class ResourceKind { PartnerCenter, RetiredGraph, Graph, Management, Application };

/// A resource that tokens are issued for, the audience they then carry, and the id of the
/// application behind it.
struct Resource {
  ResourceKind kind;
  std::string audience;
  std::string application_id{};
};

/// What sign-ins that name no resource are for.
constexpr std::string_view kGraphResource = "https://graph.microsoft.com";

/// The resource called `name`: its address as published, kept with or without its last slash, the
/// id of its application, or our own address `base_url`, which stands for the resource manager.
std::optional<Resource> find_resource(std::string_view name, std::string_view base_url);

/// The same, and the applications of `world` by `{client id}` or `api://{client id}`.
std::optional<Resource> find_resource(const World& world, std::string_view name,
                                      std::string_view base_url);

/// Whether `host` is one of the hosts Microsoft publishes for signing in.
bool is_login_host(std::string_view host);

/// The application of `client_id`, or null.
const Application* find_application(const World& world, std::string_view client_id);

/// The user whose principal name is `name`, or null; nobody is signed in once deleted.
const User* find_user(const World& world, std::string_view name);

/// Whether `partner` sells to `customer`, as its direct partner, provider or reseller.
bool serves(const Partner& partner, const Customer& customer);

/// How an application may act in a tenant.
enum class ClientStanding { None, Home, PublicClient, OnBehalf, Installed };

/// `application` is null for ids the world does not hold.
ClientStanding client_standing(const World& world, const Application* application,
                               std::string_view client_id, const TenantRef& tenant);

/// Whether `text` has the form of a tenant: a GUID or a DNS name with a dot.
bool is_tenant_name(std::string_view text);

/// Whether `user` may hold a token of `tenant`: its own and, unless it comes with nothing but its
/// password, one that invited it or one of its partner's customers.
bool user_reaches(const World& world, const User& user, const TenantRef& tenant, bool beyond_home);

}  // namespace pcsim
