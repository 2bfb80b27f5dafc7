#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"
#include "pcsim/ports.h"
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

/// What the rules know of a policy that is written.
struct PolicyFacts {
  const World& world;
  const Partner& partner;
  const PolicyDraft& draft;
  const SelfServePolicy* existing;  ///< the policy of this grantor and customer, or null
  const Customer* customer;         ///< the entity, or null
  const Switches& switches;
};

/// One rule: its error, where in the request, the error's arguments if any, and when broken.
struct PolicyRule {
  std::string_view name;
  ErrorCode error;
  std::string_view pointer;
  bool (*broken)(const PolicyFacts&);
  std::vector<std::string> (*arguments)(const PolicyFacts&) = nullptr;
};

/// The rules of a creation and of an update, in their order.
/// Source: docs/reference/permissions.md#policies.
std::span<const PolicyRule> policy_creation_rules();
std::span<const PolicyRule> policy_update_rules();

/// Decides whether `partner` may create or change the policy of `draft`.
Result<Done> check_policy(const World& world, const Partner& partner, const PolicyDraft& draft,
                          const Env& env);
Result<Done> check_policy_change(const World& world, const Partner& partner,
                                 const PolicyDraft& draft, const Env& env);

/// A new etag: a GUID with its own quotes.
std::string policy_etag(std::string_view guid);

}  // namespace pcsim
