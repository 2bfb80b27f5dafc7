#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/world.h"

namespace pcsim {

/// A partner's billing account, with its profile when `profiles` asks for it.
nlohmann::ordered_json billing_account_json(const Partner& partner, const std::string& currency,
                                            bool profiles);

/// A customer of a billing account, and what of it was asked to be shown.
struct BillingCustomerView {
  const Partner* partner;
  const Customer* customer;
  bool by_profile = false, plans = false, resellers = false;
  const Subscription* plan = nullptr;  ///< its active Azure plan
  std::vector<const Partner*> reselling{};
};
nlohmann::ordered_json billing_customer_json(const BillingCustomerView& view);

/// What a partner lets its customer see; newer versions tell how far a change is.
struct CustomerPolicyView {
  const Partner* partner;
  const Customer* customer;
  bool by_profile = false, newer = true;
  Instant now = 0;
};
nlohmann::ordered_json customer_policy_json(const CustomerPolicyView& view);

/// `Allowed` or `NotAllowed`: whether the customer sees prices.
std::string view_charges_word(const Customer& customer);

/// How a subscription is billed.
struct BillingPropertyView {
  const Partner* partner;
  const Customer* customer;
  const AzureSubscription* azure;
  std::string sku{}, sku_description{}, status{};
  bool account_admin = false;
};
nlohmann::ordered_json billing_property_json(const BillingPropertyView& view);

/// The policies that apply to a subscription's purchases.
nlohmann::ordered_json subscription_policy_json(const Customer& customer,
                                                const AzureSubscription& azure,
                                                bool reservations_allowed);

nlohmann::ordered_json billed_reservation_json(const Partner& partner, const Reservation& row,
                                               Instant now);

}  // namespace pcsim
