#pragma once

#include <string>
#include <string_view>

#include "app/arm/scope_call.h"

/// What calls about support have in common. Source: docs/reference/support.md.
namespace pcsim {

/// Whether the caller may do `action` about tickets of the path's subscription or, without one,
/// about those of the tenant, where a role anywhere in it counts. Errors: those of `allow`.
Result<Done> allow_support(const Call& call, std::string_view action);

/// The key under which the path's ticket is kept.
std::string ticket_key_of(const Call& call);

/// The path's ticket, once it has been created. Error: ArmResourceNotFound.
Result<const SupportTicket*> ticket_of(const Call& call);

/// Whether the caller reads French.
bool reads_french(const Call& call);

/// Whether a partner's tokens of `x-ms-authorization-auxiliary` come with the call and one is of
/// a partner that serves the customer. Error: ArmInvalidAuxiliaryToken.
Result<bool> vouched_by_partner(const Call& call);

/// 202 with the addresses at which a creation is followed.
Reply accepted(const Call& call, const std::string& operation_id);

}  // namespace pcsim
