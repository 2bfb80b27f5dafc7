#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "codec/json_writer.h"
#include "domain/customers/customer_rules.h"
#include "domain/world.h"

namespace pcsim::partner_center {

/// How much of a customer an answer shows.
enum class CustomerView { Listed, Full, Created };

/// What an answer says of a customer beyond the entity.
struct CustomerContext {
  CustomerView view = CustomerView::Full;
  std::string relationship{"reseller"};   ///< relationshipToPartner
  std::string associated_partner{};       ///< the reseller's tenant id, empty for none
  std::optional<bool> gdap_by_default{};  ///< echoed after a creation
  std::string user_name{}, password{};    ///< of the first administrator, after a creation
};

/// A Customer.
void write_customer(JsonPlace place, const Customer& customer, const CustomerContext& context);

/// A CustomerCompanyProfile read on its own: with address and email, as far as the partner
/// administers the tenant.
void write_own_company_profile(JsonPlace place, const Customer& customer);

/// A ValidationStatus of the customer's account.
void write_validation_status(JsonPlace place, const Customer& customer);

/// What a change of the relationship answers: the names in capitals, nulls shown.
void write_patched_customer(JsonPlace place, std::string_view relationship,
                            std::optional<bool> delegated_access);

/// A CustomerBillingProfile; without links when `self` is empty.
void write_billing_profile(JsonPlace place, const BillingProfile& profile,
                           std::string_view self = {});

/// A billing profile's members from a lower-cased object.
CustomerDraft billing_draft(const nlohmann::json& profile);

/// A whole create request.
CustomerDraft customer_draft(const nlohmann::json& body);

/// Copies the members of a draft into a profile; id and etag stay.
void apply_draft(const CustomerDraft& draft, BillingProfile& profile);

}  // namespace pcsim::partner_center
