#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/customer.h"
#include "codec/reference_data.h"
#include "domain/customers/deletion_rules.h"
#include "domain/customers/holdings.h"
#include "domain/customers/relationship_change.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

/// The position of `none` in the enumeration of relationships.
constexpr int kNone = 5;

/// The wanted relationship as a word, empty when the body does not speak of it.
std::string wanted_relationship(const nlohmann::json& body) {
  const auto& value = pc::member(body, "relationshiptopartner");
  if (value.is_number_integer()) {
    return value.get<int>() == kNone ? "none" : "unknown";
  }
  return lower(pc::text_of(body, "relationshiptopartner"));
}

/// What the body ends: a relationship that becomes none, or the administration of the tenant.
Result<RelationshipEnd> asked_end(const nlohmann::json& body) {
  const auto relationship = wanted_relationship(body);
  if (relationship == "none") {
    return RelationshipEnd::Relationship;
  }
  const auto& access = pc::member(body, "allowdelegatedaccess");
  const bool ends_access = access.is_boolean() && !access.get<bool>();
  if (ends_access && (relationship.empty() || relationship == "reseller")) {
    return RelationshipEnd::DelegatedAccess;
  }
  return Error{ErrorCode::InvalidRequestInput,
               {},
               access.is_boolean() ? "/allowDelegatedAccess" : "/relationshipToPartner"};
}

std::string whole_json(const Call& call, const Customer& customer) {
  pc::CustomerContext context;
  if (const auto* reseller = reseller_of(call.world, customer)) {
    context.associated_partner = reseller->tenant_id;
  }
  return json_text([&](JsonPlace place) { pc::write_customer(place, customer, context); });
}

}  // namespace

Result<Reply> handle_PatchCustomer(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(found, pc::path_customer(call));
  PCSIM_TRY(end, asked_end(call.body));
  PCSIM_TRY(allowed, check_end({call.world, *found, *partner, end, call.env}));
  static_cast<void>(allowed);
  const Customer before = *found;
  end_relationship(call.world, before.id, *partner, end);
  const bool whole = end == RelationshipEnd::Relationship;
  auto json = json_text([&](JsonPlace place) {
    pc::write_patched_customer(place, whole ? "none" : "reseller",
                               whole ? std::nullopt : std::optional{false});
  });
  record_audit(call, whole ? "partner_customer_relationship" : "partner_customer_dap",
               whole ? "remove_partner_customer_relationship" : "dap_admin_relationship_terminated",
               &before, {{"CustomerId", before.id}}, {}, whole_json(call, before));
  return Reply{0, std::move(json), {}};
}

Result<Reply> handle_DeleteCustomer(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(found, pc::path_customer(call));
  PCSIM_TRY(allowed, check_deletion({call.world, call.reference.catalogue, *partner, *found},
                                    call.env.trace));
  static_cast<void>(allowed);
  const Customer before = *found;
  const auto shown = whole_json(call, before);
  erase_customer(call.world, before.id);
  record_audit(call, "customer", "delete_customer", &before, {{"PrimaryDomainName", before.domain}},
               {}, shown);
  return Reply{};
}

}  // namespace pcsim
