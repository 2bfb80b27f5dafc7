#include "codec/partner_center/address.h"

#include <nlohmann/json.hpp>

#include "codec/partner_center/collection.h"

namespace pcsim::partner_center {

void write_address(JsonPlace place, const Address& address) {
  const JsonObject out{place};
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

void write_address_verdict(JsonPlace place, const Address& asked, const AddressVerdict& verdict) {
  const JsonObject out{place};
  write_address(out["originalAddress"], asked);
  {
    const JsonArray suggested{out["suggestedAddresses"]};
    for (const Address& address : verdict.suggested) {
      write_address(suggested.next(), address);
    }
  }
  out["status"] = address_status_word(verdict.status);
  add_text(out, "validationMessage", verdict.message);
}

}  // namespace pcsim::partner_center
