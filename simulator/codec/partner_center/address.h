#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/customers/address_check.h"
#include "domain/world.h"

namespace pcsim::partner_center {

/// An Address; members without a value are left out.
nlohmann::ordered_json address_json(const Address& address);

/// The members of a lower-cased object, the country in capitals.
Address read_address(const nlohmann::json& from);

/// An AddressValidationResponse.
nlohmann::ordered_json address_verdict_json(const Address& asked, const AddressVerdict& verdict);

}  // namespace pcsim::partner_center
