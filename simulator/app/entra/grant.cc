#include "app/entra/grant.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/entra/form.h"
#include "domain/identity/sign_in.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Whether the names of scopes are those the resource has: all of them stand for the whole.
bool known_scopes(const Grant& grant, const Resource& resource) {
  const bool alone = grant.type == "client_credentials";
  const bool published = resource.kind != ResourceKind::Application;
  return std::all_of(grant.scopes.begin(), grant.scopes.end(), [&](const std::string& name) {
    return name == ".default" ||
           (!alone && (!published || equal_ignoring_case(name, "user_impersonation")));
  });
}

/// Where a user stands in for what it was not asked as: the directory named in a refusal.
std::string directory_of(const TenantRef& tenant) { return tenant.any ? "common" : tenant.id; }

}  // namespace

std::string field(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

Fields form_fields(const Call& call) {
  const auto type = call.request.headers.find("Content-Type");
  return !type || is_form(*type) ? decode_form(call.request.body) : Fields{};
}

Result<TenantRef> tenant_of(const Call& call) {
  const std::string& segment = call.path.at("tenant");
  if (auto found = find_tenant(call.world, segment)) {
    return *std::move(found);
  }
  return Error{is_tenant_name(segment) ? ErrorCode::AadTenantNotFound
                                       : ErrorCode::AadInvalidTenantIdentifier,
               {segment}};
}

Result<Done> check_resource(const Call& call, const Fields& fields, Grant& grant) {
  const std::string asked = field(fields, grant.v2 ? "scope" : "resource");
  if (!asked.empty()) {
    grant.resource = asked;
    grant.scopes.clear();
  }
  if (grant.v2 && !asked.empty()) {
    const auto request = decode_scope(asked);
    if (request) {
      grant.resource = request->resource;
      grant.scopes = request->names;
    } else if (grant.type != "client_credentials" && only_openid_scopes(asked)) {
      grant.resource = kGraphResource;
    } else {
      return Error{ErrorCode::AadInvalidScope, {asked}};
    }
  }
  if (grant.resource.empty()) {
    grant.resource = kGraphResource;  // what version 1 gives who names none
  }
  auto resource = find_resource(call.world, grant.resource, call.base_url);
  if (!resource) {
    return Error{ErrorCode::AadInvalidResource, {grant.resource, directory_of(grant.tenant)}};
  }
  if (!known_scopes(grant, *resource)) {
    return Error{ErrorCode::AadInvalidScope, {asked}};
  }
  grant.audience = std::move(resource->audience);
  grant.resource_application = std::move(resource->application_id);
  return Done{};
}

Result<const User*> check_password(const Call& call, const Fields& fields, const TenantRef& tenant,
                                   bool beyond_home) {
  const User* user = find_user(call.world, field(fields, "username"));
  if (user == nullptr || (!tenant.any && !user_reaches(call.world, *user, tenant, beyond_home))) {
    return Error{ErrorCode::AadUserNotFound, {"{EmailHidden}", directory_of(tenant)}};
  }
  if (user->password != field(fields, "password")) {
    return ErrorCode::AadInvalidCredentials;
  }
  if (user->password_expires && *user->password_expires <= call.env.now) {
    return ErrorCode::AadPasswordExpired;
  }
  return user;
}

Result<Done> settle_tenant(const Call& call, Grant& grant) {
  if (!grant.tenant.any) {
    return Done{};
  }
  const auto home =
      grant.user != nullptr ? find_tenant(call.world, grant.user->tenant_id) : std::nullopt;
  if (!home) {
    return ErrorCode::AadTenantAmbiguous;
  }
  grant.tenant = *home;
  return Done{};
}

Result<Done> check_consent(const Call& call, const Grant& grant) {
  if (grant.user == nullptr ||
      has_consented(call.world, grant.client_id, grant.tenant.id, grant.user->id)) {
    return Done{};
  }
  const std::string name = grant.application == nullptr ? std::string{} : grant.application->name;
  return Error{ErrorCode::AadConsentRequired,
               {grant.client_id, name.empty() ? grant.client_id : name}};
}

Result<Done> check_policies(const Call& call, const Grant& grant) {
  if (grant.user == nullptr) {
    return Done{};
  }
  const ErrorCode second_factor =
      grant.user->mfa_enrolled ? ErrorCode::AadMfaRequired : ErrorCode::AadMfaEnrollmentRequired;
  const AccessPolicy* policy = applying_policy(
      call.world, {grant.tenant.id, grant.user->id, grant.client_id, grant.audience}, grant.mfa);
  if (policy == nullptr) {
    // A client that was challenged brings the challenge along.
    return grant.contexts.empty() || grant.mfa ? Result<Done>{Done{}}
                                               : Error{second_factor, {grant.resource_application}};
  }
  switch (policy->demand) {
    case AccessDemand::Block:
      return Error{ErrorCode::AadConditionalAccessBlocked,
                   {grant.resource_application, policy->id}};
    case AccessDemand::Mfa:
      return Error{second_factor, {grant.resource_application, policy->id}};
    case AccessDemand::ExternalChallenge:
      return Error{ErrorCode::AadExternalChallengeRequired,
                   {grant.resource_application, policy->id}};
  }
  return Done{};
}

}  // namespace pcsim
