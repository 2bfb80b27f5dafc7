#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/customer.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

std::string profile_text(const Customer& customer) {
  return json_text([&](JsonPlace place) {
    pc::write_billing_profile(place, customer.billing_profile,
                              "/customers/" + customer.id + "/profiles/billing");
  });
}

}  // namespace

Result<Reply> handle_GetBillingProfile(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  return Reply{0, profile_text(*customer), {}};
}

Result<Reply> handle_UpdateBillingProfile(const Call& call) {
  PCSIM_TRY(found, pc::path_customer(call));
  PCSIM_TRY(current, check_billing_etag(call.env, pc::sent_etag(call), found->billing_profile));
  static_cast<void>(current);
  const auto draft = pc::billing_draft(call.body);
  PCSIM_TRY(allowed, check_billing_members(pc::customer_scene(call), draft));
  static_cast<void>(allowed);
  const auto before = profile_text(*found);
  auto* customer = call.world.customers.edit(lower(found->id));
  auto& profile = customer->billing_profile;
  pc::apply_draft(draft, profile);
  profile.etag = static_cast<std::int64_t>(call.env.ids.next());
  customer->company_name = profile.company_name;
  auto after = profile_text(*customer);
  record_audit(call, "customer", "update_customer_billing_profile", customer,
               {{"BillingProfileId", profile.id}}, after, before);
  return Reply{0, std::move(after), {}};
}

}  // namespace pcsim
