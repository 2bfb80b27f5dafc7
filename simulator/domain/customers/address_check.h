#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"

namespace pcsim {

/// A postal code and where it belongs.
struct Place {
  std::string iso2{}, postal_code{}, city{}, state{};
};

/// What an address turned out to be.
/// Source: docs/reference/customers.md#address-validation.
enum class AddressStatus {
  VerifiedShippable,
  Verified,
  InteractionRequired,
  StreetPartial,
  PremisesPartial,
  Multiple,
  None,
  NotValidated
};

/// The word of a status, as an answer shows it.
std::string_view address_status_word(AddressStatus status);

/// The verdict on an address; `suggested` is what it should read, best first.
struct AddressVerdict {
  AddressStatus status = AddressStatus::NotValidated;
  std::vector<Address> suggested{};
  std::string message{};
};

/// Holds `address` against the known places.
AddressVerdict check_address(const std::vector<Place>& places, const Address& address);

}  // namespace pcsim
