#pragma once

#include <string>
#include <string_view>

#include "domain/world.h"
#include "pcsim/result.h"

namespace pcsim {

/// What a partner asks for when creating a customer.
struct CustomerDraft {
  std::string domain, company_name, registration_number, email, culture, language;
  Address address{};
};

/// Whether the country asks for an organisation number and a phone number.
bool organization_number_required(std::string_view country);

/// Members a billing profile must have; `pointer` of the error names the first missing one.
Result<Done> check_billing_members(const CustomerDraft& draft, bool market_known);

/// All rules of a new customer.
Result<Done> check_new_customer(const World& world, const CustomerDraft& draft, bool market_known);

/// Checks the sent etag (quotes around it do not count) against the stored one.
Result<Done> check_billing_etag(std::string_view sent, const BillingProfile& profile);

/// `EN-us` becomes `en-US`.
std::string normal_culture(std::string_view culture);

/// `text` without one pair of quotes around it and without the weak mark `W/`.
std::string_view unquoted(std::string_view text);

/// Whether `partner` may see `customer`: as its partner or as its reseller.
bool sees_customer(const Partner& partner, const Customer& customer);

}  // namespace pcsim
