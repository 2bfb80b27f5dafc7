#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/customer.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

pc::Json profile_json(const Customer& customer) {
  auto json = pc::billing_profile_json(customer.billing_profile);
  auto attributes = json["attributes"];
  json.erase("attributes");
  pc::add_self(json, "/customers/" + customer.id + "/profiles/billing");
  json["attributes"] = std::move(attributes);
  return json;
}

}  // namespace

Result<Reply> handle_GetBillingProfile(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  return Reply{0, profile_json(*customer).dump(), {}};
}

Result<Reply> handle_UpdateBillingProfile(const Call& call) {
  PCSIM_TRY(found, pc::path_customer(call));
  PCSIM_TRY(current, check_billing_etag(call.env, pc::sent_etag(call), found->billing_profile));
  static_cast<void>(current);
  const auto draft = pc::billing_draft(call.body);
  PCSIM_TRY(allowed, check_billing_members(pc::customer_scene(call), draft));
  static_cast<void>(allowed);
  const auto before = profile_json(*found).dump();
  auto* customer = call.world.customers.edit(lower(found->id));
  auto& profile = customer->billing_profile;
  pc::apply_draft(draft, profile);
  profile.etag = static_cast<std::int64_t>(call.env.ids.next());
  customer->company_name = profile.company_name;
  auto after = profile_json(*customer).dump();
  record_audit(call, "customer", "update_customer_billing_profile", customer,
               {{"BillingProfileId", profile.id}}, after, before);
  return Reply{0, std::move(after), {}};
}

}  // namespace pcsim
