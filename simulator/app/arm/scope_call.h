#pragma once

#include <string>
#include <string_view>

#include "app/arm/arm_call.h"
#include "domain/access/authorise.h"

/// What calls at a scope have in common. Source: docs/reference/arm.md#scopes.
namespace pcsim {

/// The scope a path begins with: `/subscriptions/{id}`, `/providers/…`, or an empty text for the
/// tenant. The id of a subscription is in lower case.
std::string scope_of(const Call& call);

/// Whether the caller may do `action` at `scope`. Errors: ArmSubscriptionNotFound, ArmWrongIssuer,
/// ArmAuthorizationFailed.
Result<Done> allow(const Call& call, std::string_view action, const std::string& scope);

/// The subscription of the path, when the caller may do `action` on it. Errors: those of `allow`.
Result<const AzureSubscription*> allowed_subscription(const Call& call, std::string_view action);

/// The tenant whose principals and roles count at `scope`: its own, else the caller's.
std::string directory_of(const Call& call, const std::string& scope);

/// Error: ArmReadOnlyDisabledSubscription when `scope` lies in a subscription that does not run.
Result<Done> check_writable(const Call& call, const std::string& scope);

/// 404 ResourceNotFound of `Microsoft.X/types/name`.
Error resource_not_found(std::string name);

/// Whether the request's `api-version` is `version` or later; previews come before their date's.
bool since_version(const Call& call, std::string_view version);

}  // namespace pcsim
