#include "domain/customers/address_check.h"

#include <algorithm>
#include <array>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 8> kWords{
    "VerifiedShippable", "Verified", "InteractionRequired", "StreetPartial", "PremisesPartial",
    "Multiple",          "None",     "NotValidated"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Letters and digits only, in lower case: `H2Y-1C6` and `h2y 1c6` are one code.
std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '-' || c == '\'' || c == '.'; });
  return out;
}

/// A word of at least two letters that is no number: the name of a street.
bool names_street(std::string_view line) {
  const auto words = split(line, ' ');
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return word.size() > 1 && std::none_of(word.begin(), word.end(), is_digit);
  });
}

bool names_premises(std::string_view line) {
  return std::any_of(line.begin(), line.end(), is_digit);
}

/// Mail is kept there and no parcel delivered.
bool is_box(std::string_view line) {
  const auto text = plain(line);
  return text.rfind("pobox", 0) == 0 || text.rfind("postfach", 0) == 0 ||
         (text.rfind("bp", 0) == 0 && text.size() > 2 && is_digit(text[2]));
}

Address at_place(Address address, const Place& place) {
  address.country = place.iso2;
  address.postal_code = place.postal_code;
  address.city = place.city;
  address.state = place.state;
  return address;
}

AddressStatus judge_street(const Address& address) {
  if (is_box(address.address_line1)) {
    return AddressStatus::Verified;
  }
  const bool street = names_street(address.address_line1);
  const bool premises = names_premises(address.address_line1);
  if (street && premises) {
    return AddressStatus::VerifiedShippable;
  }
  return street     ? AddressStatus::PremisesPartial
         : premises ? AddressStatus::StreetPartial
                    : AddressStatus::Multiple;
}

std::string corrected(std::string_view member, std::string_view before, std::string_view after) {
  return std::string{member} + " is corrected from '" + std::string{before} + "' to '" +
         std::string{after} + "'.";
}

/// The verdict when the postal code is known: its city and state are what the address should say.
AddressVerdict judge_place(const Address& address, const Place& place) {
  AddressVerdict out;
  out.suggested.push_back(at_place(address, place));
  if (plain(address.city) != plain(place.city)) {
    out.status = AddressStatus::InteractionRequired;
    out.message = corrected("City", address.city, place.city);
    return out;
  }
  if (!place.state.empty() && plain(address.state) != plain(place.state)) {
    out.status = AddressStatus::InteractionRequired;
    out.message = corrected("State", address.state, place.state);
    return out;
  }
  out.status = judge_street(address);
  return out;
}

}  // namespace

std::string_view address_status_word(AddressStatus status) {
  return kWords.at(static_cast<std::size_t>(status));
}

AddressVerdict check_address(const std::vector<Place>& places, const Address& address) {
  AddressVerdict out;
  bool country_known = false;
  for (const Place& place : places) {
    if (!equal_ignoring_case(place.iso2, address.country)) {
      continue;
    }
    country_known = true;
    if (plain(place.postal_code) == plain(address.postal_code)) {
      return judge_place(address, place);
    }
    if (plain(place.city) == plain(address.city)) {
      out.suggested.push_back(at_place(address, place));
    }
  }
  if (!country_known) {
    out.message = "Addresses of this country cannot be validated.";
    return out;
  }
  out.status = out.suggested.empty() ? AddressStatus::None : AddressStatus::InteractionRequired;
  out.message = out.suggested.empty() ? "There is no such address."
                                      : corrected("PostalCode", address.postal_code,
                                                  out.suggested.front().postal_code);
  return out;
}

}  // namespace pcsim
