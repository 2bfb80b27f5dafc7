#pragma once

#include "app/call.h"
#include "domain/users/customer_users.h"

namespace pcsim::partner_center {

/// The customer of the path, when the partner may manage the users of its tenant.
Result<const Customer*> administered_customer(const Call& call);

/// The user of the path, deleted or not.
Result<const User*> path_user(const Call& call, const Customer& customer);

/// The same, as long as it is not deleted.
Result<const User*> active_path_user(const Call& call, const Customer& customer);

/// What the rules of users judge this call's draft by; `user` is null for a new one.
CustomerUserFacts user_facts(const Call& call, const Customer& customer,
                             const CustomerUserDraft& draft, const User* user);

}  // namespace pcsim::partner_center
