#include <nlohmann/json.hpp>
#include <vector>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/customer.h"
#include "codec/partner_center/filter.h"
#include "codec/reference_data.h"
#include "domain/users/directory_roles.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

constexpr std::size_t kPageSize = 500;

User first_admin(const Call& call, const Customer& customer) {
  User user;
  user.id = call.env.ids.guid();
  user.user_principal_name = "admin@" + customer.domain;
  user.password = "Pc1!" + call.env.ids.hex(10);
  user.tenant_id = customer.id;
  const auto& profile = customer.billing_profile;
  user.display_name = profile.first_name + " " + profile.last_name;
  user.first_name = profile.first_name;
  user.last_name = profile.last_name;
  user.usage_location = customer.market;
  user.directory_roles.emplace_back(kCompanyAdministrator);
  user.roles = kGlobalAdmin;
  return user;
}

bool allowed_condition(const pc::Filter& leaf) {
  return leaf.op == "startswith" &&
         (leaf.field == "companyname" || leaf.field == "domain" ||
          leaf.field == "indirectreseller" || leaf.field == "indirectcloudsolutionprovider");
}

std::string tenant_of(const World& world, const std::string& key) {
  for (const auto& [id, partner] : world.partners) {
    if (!key.empty() && equal_ignoring_case(partner.domain, key)) {
      return partner.tenant_id;
    }
  }
  return {};
}

bool holds(const World& world, const Customer& customer, const pc::Filter& filter) {
  return pc::matches(filter, [&](const pc::Filter& leaf) {
    if (leaf.field == "companyname") {
      return pc::text_matches(customer.company_name, leaf);
    }
    if (leaf.field == "domain") {
      return pc::text_matches(customer.domain, leaf);
    }
    const bool reseller = leaf.field == "indirectreseller";
    const auto tenant = tenant_of(world, reseller ? customer.reseller_key : customer.partner_key);
    return !tenant.empty() && pc::text_matches(tenant, leaf);
  });
}

Result<std::vector<const Customer*>> asked_customers(const Call& call, const Partner& partner) {
  const auto text = pc::query_value(call, "filter").value_or("");
  std::optional<pc::Filter> filter;
  if (!text.empty()) {
    PCSIM_TRY(parsed, pc::parse_filter(text));
    if (!pc::every_leaf(parsed, allowed_condition)) {
      return Error{ErrorCode::InvalidRequestInput, {}, "filter"};
    }
    filter = parsed;
  }
  std::vector<const Customer*> found;
  for (const auto& [id, customer] : call.world.customers) {
    if (sees_customer(partner, customer) && (!filter || holds(call.world, customer, *filter))) {
      found.push_back(&customer);
    }
  }
  return found;
}

std::string list_uri(const Call& call) {
  std::string out = "/customers?size=" + pc::query_value(call, "size").value_or("0");
  if (const auto filter = pc::query_value(call, "filter"); filter && !filter->empty()) {
    out += "&filter=" + pc::encode_query(*filter);
  }
  return out;
}

Customer new_customer(const Call& call, const Partner& partner, const CustomerDraft& draft) {
  Customer out;
  out.id = call.env.ids.guid();
  out.commerce_id = call.env.ids.guid();
  out.partner_key = partner_key_of(partner);
  out.domain = draft.domain;
  out.company_name = draft.company_name;
  out.organization_registration_number = draft.registration_number;
  out.market = draft.address.country;
  out.granular_access = draft.gdap_by_default.value_or(false);
  out.delegated_access = !out.granular_access;
  out.created = call.env.now;
  out.billing_profile.id = call.env.ids.guid();
  out.billing_profile.etag = static_cast<std::int64_t>(call.env.ids.next());
  pc::apply_draft(draft, out.billing_profile);
  if (draft.first_name.empty() && draft.last_name.empty()) {
    out.billing_profile.first_name = draft.address.first_name;
    out.billing_profile.last_name = draft.address.last_name;
  }
  return out;
}

/// What a creation answers as relationshipToPartner; reads always show the reseller.
/// Source: docs/reference/customers.md#relationship-after-creation.
std::string created_relationship(const Call& call, const Customer& customer) {
  const auto& switches = call.env.switches;
  const bool none =
      switches.is({Switch::CreatedRelationship, "none"}) ||
      (switches.is({Switch::CreatedRelationship, "by-flow"}) && customer.granular_access);
  return none ? "none" : "reseller";
}

pc::CustomerContext context_of(const Call& call, const Customer& customer, pc::CustomerView view) {
  pc::CustomerContext out;
  out.view = view;
  if (const auto* reseller = reseller_of(call.world, customer)) {
    out.associated_partner = reseller->tenant_id;
  }
  return out;
}

std::string customer_text(const Customer& customer, const pc::CustomerContext& context) {
  return json_text([&](JsonPlace place) { pc::write_customer(place, customer, context); });
}

}  // namespace

Result<Reply> handle_CreateCustomer(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(entitled, check_creator(call.world, *partner, call.env));
  static_cast<void>(entitled);
  const auto draft = pc::customer_draft(call.body);
  PCSIM_TRY(allowed, check_new_customer(pc::customer_scene(call), draft));
  static_cast<void>(allowed);
  PCSIM_TRY(reseller,
            named_reseller(call.world, *partner, pc::text_of(call.body, "associatedpartnerid")));
  auto customer = new_customer(call, *partner, draft);
  customer.reseller_key = reseller;
  const auto user = first_admin(call, customer);
  call.world.users.put(user.id, user);
  call.world.customers.put(customer.id, customer);
  const auto shown = customer_text(customer, context_of(call, customer, pc::CustomerView::Full));
  record_audit(call, "customer", "add_customer", &customer,
               {{"PrimaryDomainName", customer.domain}, {"Relationship", "Reseller"}}, shown);
  auto context = context_of(call, customer, pc::CustomerView::Created);
  context.relationship = created_relationship(call, customer);
  context.gdap_by_default = draft.gdap_by_default;
  context.user_name = "admin";
  context.password = user.password;
  return Reply{0, customer_text(customer, context), {}};
}

Result<Reply> handle_ListCustomers(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(found, asked_customers(call, *partner));
  PCSIM_TRY(page, pc::requested_page(call, found.size(), kPageSize));
  return Reply{0,
               pc::seek_collection(page, list_uri(call),
                                   [&](JsonPlace place, std::size_t i) {
                                     pc::write_customer(
                                         place, *found[i],
                                         context_of(call, *found[i], pc::CustomerView::Listed));
                                   }),
               {}};
}

Result<Reply> handle_GetCustomer(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  const auto context = context_of(call, *customer, pc::CustomerView::Full);
  return Reply{0, customer_text(*customer, context), {}};
}

Result<Reply> handle_GetCompanyProfile(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  return Reply{
      0, json_text([&](JsonPlace place) { pc::write_own_company_profile(place, *customer); }), {}};
}

}  // namespace pcsim
