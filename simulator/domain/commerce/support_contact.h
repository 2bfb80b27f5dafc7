#pragma once

#include <vector>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/result.h"
#include "pcsim/trace.h"

namespace pcsim {

/// Whom the customer turns to about a subscription: the seller, unless somebody else is named.
SupportContact support_of(const Subscription& subscription, const Partner& seller);

/// Refuses a contact that is neither `seller` nor one of its resellers. Errors: 404 800015 for a
/// tenant or MPN id that is no partner's, 400 800016 for a partner who does not resell.
Result<Done> check_support(const World& world, const Partner& seller, const SupportContact& contact,
                           Trace* trace);

/// Appends the rules of a contact.
void list_support_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
