#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/customers/customer_rules.h"
#include "domain/world.h"

namespace pcsim::partner_center {

/// How much of a customer an answer shows.
enum class CustomerView { Listed, Full, Created };

/// A Customer; `user_name` and `password` only count for `Created`.
nlohmann::ordered_json customer_json(const Customer& customer, CustomerView view,
                                     const std::string& user_name = {},
                                     const std::string& password = {});

/// A CustomerBillingProfile.
nlohmann::ordered_json billing_profile_json(const BillingProfile& profile);

/// A billing profile's members from a lower-cased object.
CustomerDraft billing_draft(const nlohmann::json& profile);

/// A whole create request.
CustomerDraft customer_draft(const nlohmann::json& body);

/// Copies the members of a draft into a profile; id and etag stay.
void apply_draft(const CustomerDraft& draft, BillingProfile& profile);

}  // namespace pcsim::partner_center
