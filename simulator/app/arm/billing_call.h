#pragma once

#include <string>
#include <string_view>

#include "app/arm/scope_call.h"

/// Who may use a partner's billing account. Source: docs/reference/arm.md#billing.
namespace pcsim {

/// The partner whose billing account has that name, or null.
const Partner* partner_of_account(const World& world, std::string_view account);

/// Whether the caller administers the partner's billing: its admin agents, global administrators
/// and applications, with a token of its own tenant.
bool bills_for(const Call& call, const Partner& partner);

/// The partner of the account in the path, when the caller may do `action` there.
/// Errors: ArmResourceNotFound, ArmAuthorizationFailed.
Result<const Partner*> allowed_account(const Call& call, std::string_view action);

/// The customer of that id whom the partner bills. Error: ArmResourceNotFound.
Result<const Customer*> billed_customer(const Call& call, const Partner& partner,
                                        const std::string& id);

/// `/providers/Microsoft.Billing/billingAccounts/{name}`.
std::string account_path(const Partner& partner);

}  // namespace pcsim
