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

/// Resolves a path segment: GUID or verified domain of a partner or customer, common, organizations.
std::optional<TenantRef> find_tenant(const World& world, std::string_view text);

/// What kind of API an audience belongs to.
enum class ResourceKind { PartnerCenter, RetiredGraph, Management };

/// The kind of `resource`, or nothing when no such resource is known. `base_url` is our own address.
std::optional<ResourceKind> resource_kind(std::string_view resource, std::string_view base_url);

/// The application of `client_id`, or null.
const Application* find_application(const World& world, std::string_view client_id);

/// The user whose principal name is `name`, or null.
const User* find_user(const World& world, std::string_view name);

/// Whether `partner` sells to `customer`, as its direct partner, provider or reseller.
bool serves(const Partner& partner, const Customer& customer);

/// How an application may act in a tenant.
enum class ClientStanding { None, Home, PublicClient, OnBehalf };

/// `application` is null for ids the world does not hold.
ClientStanding client_standing(const World& world, const Application* application,
                               std::string_view client_id, const TenantRef& tenant);

/// Whether `user` may hold a token of `tenant`: its own, or one of its partner's customers.
bool user_reaches(const World& world, const User& user, const TenantRef& tenant, bool refreshed);

}  // namespace pcsim
