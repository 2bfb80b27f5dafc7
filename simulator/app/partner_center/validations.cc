#include <nlohmann/json.hpp>

#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/address.h"
#include "codec/partner_center/country_rules.h"
#include "codec/partner_center/customer.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

Result<Reply> handle_CheckDomain(const Call& call) {
  const auto& domain = call.path.at("domain");
  if (!is_domain_name(domain)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "domain"};
  }
  if (!domain_taken(call.world, domain)) {
    return ErrorCode::NotFound;
  }
  return Reply{};
}

Result<Reply> handle_ValidateAddress(const Call& call) {
  const auto address = pc::read_address(call.body);
  PCSIM_TRY(allowed, check_address_members(pc::customer_scene(call), address));
  static_cast<void>(allowed);
  const auto verdict = check_address(call.reference.places, address);
  if (call.env.switches.is({Switch::AddressValidation, "2023"})) {
    return Reply{
        0,
        json_text([&](JsonPlace place) { pc::write_address_verdict(place, address, verdict); }),
        {}};
  }
  if (verdict.status == AddressStatus::InteractionRequired) {
    const auto& right = verdict.suggested.front();
    return Error{ErrorCode::AddressZipCityInvalid,
                 {address.city, right.city,
                  json_text([&](JsonPlace place) { pc::write_address(place, right); })},
                 {}};
  }
  return Reply{};
}

Result<Reply> handle_GetCountryRules(const Call& call) {
  const auto* details = call.reference.country_details.find(call.path.at("country"));
  if (details == nullptr) {
    return ErrorCode::NotFound;
  }
  const auto& rule = call.reference.country_rules.of(details->iso2);
  const bool number_required = organization_number_required(rule, call.env.switches);
  return Reply{0, pc::country_rules_json(rule, *details, number_required).dump(), {}};
}

Result<Reply> handle_GetValidationStatus(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  if (!equal_ignoring_case(pc::query_value(call, "type").value_or(""), "account")) {
    return Error{ErrorCode::InvalidRequestInput, {}, "type"};
  }
  if (customer->account_status == AccountStatus::None) {
    return Error{ErrorCode::CustomerAccountStatusNotFound, {customer->id}, {}};
  }
  return Reply{
      0, json_text([&](JsonPlace place) { pc::write_validation_status(place, *customer); }), {}};
}

}  // namespace pcsim
