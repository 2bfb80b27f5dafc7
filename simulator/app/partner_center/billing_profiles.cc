#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/customer.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

Reply profile_reply(const Customer& customer) {
  auto json = pc::billing_profile_json(customer.billing_profile);
  auto attributes = json["attributes"];
  json.erase("attributes");
  pc::add_self(json, "/customers/" + customer.id + "/profiles/billing");
  json["attributes"] = std::move(attributes);
  return Reply{0, json.dump(), {}};
}

/// The etag of the If-Match header, or of the body.
std::string sent_etag(const Call& call) {
  if (const auto header = call.request.headers.find("If-Match")) {
    return std::string{*header};
  }
  return pc::text_of(pc::member(call.body, "attributes"), "etag");
}

}  // namespace

Result<Reply> handle_GetBillingProfile(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  return profile_reply(*customer);
}

Result<Reply> handle_UpdateBillingProfile(const Call& call) {
  PCSIM_TRY(found, pc::path_customer(call));
  PCSIM_TRY(current, check_billing_etag(sent_etag(call), found->billing_profile));
  static_cast<void>(current);
  const auto draft = pc::billing_draft(call.body);
  auto members = check_billing_members(draft, markets().find(draft.address.country) != nullptr);
  if (!members) {
    auto error = members.error();
    error.pointer.erase(0, std::string_view{"/billingProfile"}.size());
    return error;
  }
  auto* customer = call.world.customers.edit(lower(found->id));
  auto& profile = customer->billing_profile;
  pc::apply_draft(draft, profile);
  for (const auto& [name, target] :
       {std::pair{"firstname", &profile.first_name}, std::pair{"lastname", &profile.last_name}}) {
    *target = pc::text_of(call.body, name);
  }
  profile.etag = static_cast<std::int64_t>(call.env.ids.next());
  customer->company_name = profile.company_name;
  record_audit(call, "customer", "update_customer_billing_profile", customer,
               {{"BillingProfileId", profile.id}});
  return profile_reply(*customer);
}

}  // namespace pcsim
