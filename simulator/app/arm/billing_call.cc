#include "app/arm/billing_call.h"

#include "domain/commerce/azure_creation.h"
#include "pcsim/text.h"

namespace pcsim {

const Partner* partner_of_account(const World& world, std::string_view account) {
  for (const auto& [id, partner] : world.partners) {
    if (equal_ignoring_case(billing_account_name(partner), account)) {
      return &partner;
    }
  }
  return nullptr;
}

bool bills_for(const Call& call, const Partner& partner) {
  const Principal& principal = call.principal;
  return equal_ignoring_case(principal.tenant_id, partner.tenant_id) &&
         (!principal.is_user || (principal.roles & (kAdminAgent | kGlobalAdmin)) != 0);
}

std::string account_path(const Partner& partner) {
  return "/providers/Microsoft.Billing/billingAccounts/" + billing_account_name(partner);
}

Result<const Partner*> allowed_account(const Call& call, std::string_view action) {
  const std::string& account = call.path.at("billingAccount");
  const Partner* partner = partner_of_account(call.world, account);
  const auto profile = call.path.find("billingProfile");
  if (partner == nullptr ||
      (profile != call.path.end() &&
       !equal_ignoring_case(profile->second, billing_profile_name(*partner)))) {
    return resource_not_found(partner == nullptr
                                  ? "Microsoft.Billing/billingAccounts/" + account
                                  : "Microsoft.Billing/billingProfiles/" + profile->second);
  }
  if (!bills_for(call, *partner)) {
    return authorization_failed(actor_of(call), std::string{action}, account_path(*partner));
  }
  return partner;
}

Result<const Customer*> billed_customer(const Call& call, const Partner& partner,
                                        const std::string& id) {
  const Customer* customer = call.world.customers.find(lower(id));
  if (customer == nullptr || !equal_ignoring_case(customer->partner_key, partner.domain)) {
    return resource_not_found("Microsoft.Billing/customers/" + id);
  }
  return customer;
}

}  // namespace pcsim
