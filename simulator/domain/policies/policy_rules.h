#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"
#include "pcsim/result.h"

namespace pcsim {

/// A self-serve policy as a request states it; ids in lower case.
struct PolicyDraft {
  std::string id{}, path_id{}, entity_type, entity_tenant, grantor_type, grantor_tenant, etag{};
  std::vector<SelfServePolicy::Permission> permissions{};
};

/// `{grantor}_{customer}` in lower case.
std::string policy_id(std::string_view grantor, std::string_view customer);

/// The customer a policy id of `partner` names; errors when the id is no such id.
Result<std::string> customer_of_policy_id(const Partner& partner, std::string_view id);

/// The key of World::policies for `partner` and a customer.
std::string policy_key(const Partner& partner, std::string_view customer_id);

/// The policy of `partner` for a customer, or null.
const SelfServePolicy* find_policy(const World& world, const Partner& partner,
                                   std::string_view customer_id);

/// Members, enumerations, grantor and customer relationship of a policy.
Result<Done> check_policy(const World& world, const Partner& partner, const PolicyDraft& draft);

/// What a change asks for on top: consistent ids, an existing policy, the current etag.
Result<Done> check_policy_change(const World& world, const Partner& partner,
                                 const PolicyDraft& draft);

/// A new etag: a GUID with its own quotes.
std::string policy_etag(std::string_view guid);

}  // namespace pcsim
