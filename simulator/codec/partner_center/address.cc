#include "codec/partner_center/address.h"

#include <nlohmann/json.hpp>

#include "codec/partner_center/collection.h"

namespace pcsim::partner_center {

Json address_json(const Address& address) {
  auto out = Json::object();
  add_text(out, "country", address.country);
  add_text(out, "region", address.region);
  add_text(out, "city", address.city);
  add_text(out, "state", address.state);
  add_text(out, "addressLine1", address.address_line1);
  add_text(out, "addressLine2", address.address_line2);
  add_text(out, "postalCode", address.postal_code);
  add_text(out, "firstName", address.first_name);
  add_text(out, "middleName", address.middle_name);
  add_text(out, "lastName", address.last_name);
  add_text(out, "phoneNumber", address.phone_number);
  return out;
}

Address read_address(const nlohmann::json& from) {
  Address out;
  out.country = text_of(from, "country");
  for (char& c : out.country) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  out.region = text_of(from, "region");
  out.city = text_of(from, "city");
  out.state = text_of(from, "state");
  out.address_line1 = text_of(from, "addressline1");
  out.address_line2 = text_of(from, "addressline2");
  out.postal_code = text_of(from, "postalcode");
  out.first_name = text_of(from, "firstname");
  out.middle_name = text_of(from, "middlename");
  out.last_name = text_of(from, "lastname");
  out.phone_number = text_of(from, "phonenumber");
  return out;
}

Json address_verdict_json(const Address& asked, const AddressVerdict& verdict) {
  auto out = Json::object();
  out["originalAddress"] = address_json(asked);
  auto suggested = Json::array();
  for (const Address& address : verdict.suggested) {
    suggested.push_back(address_json(address));
  }
  out["suggestedAddresses"] = std::move(suggested);
  out["status"] = address_status_word(verdict.status);
  add_text(out, "validationMessage", verdict.message);
  return out;
}

}  // namespace pcsim::partner_center
