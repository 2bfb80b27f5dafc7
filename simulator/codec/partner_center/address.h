#pragma once

#include <nlohmann/json_fwd.hpp>

#include "codec/json_writer.h"
#include "domain/customers/address_check.h"
#include "domain/world.h"

namespace pcsim::partner_center {

/// An Address; members without a value are left out.
void write_address(JsonPlace place, const Address& address);

/// The members of a lower-cased object, the country in capitals.
Address read_address(const nlohmann::json& from);

/// An AddressValidationResponse.
void write_address_verdict(JsonPlace place, const Address& asked, const AddressVerdict& verdict);

}  // namespace pcsim::partner_center
