#include <nlohmann/json.hpp>
#include "codec/partner_center/customer.h"

#include "codec/partner_center/collection.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

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
  add_text(out, "lastName", address.last_name);
  add_text(out, "phoneNumber", address.phone_number);
  return out;
}

Json company_profile_json(const Customer& customer, bool listed) {
  auto out = Json::object();
  out["tenantId"] = customer.id;
  out["domain"] = customer.domain;
  out["companyName"] = customer.company_name;
  if (!listed) {
    add_text(out, "organizationRegistrationNumber", customer.organization_registration_number);
  }
  add_self(out, "/customers/" + customer.id + "/profiles/company");
  add_attributes(out, "CustomerCompanyProfile");
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
  out.last_name = text_of(from, "lastname");
  out.phone_number = text_of(from, "phonenumber");
  return out;
}

}  // namespace

Json billing_profile_json(const BillingProfile& profile) {
  auto out = Json::object();
  out["id"] = profile.id;
  add_text(out, "firstName", profile.first_name);
  add_text(out, "lastName", profile.last_name);
  add_text(out, "email", profile.email);
  add_text(out, "culture", profile.culture);
  add_text(out, "language", profile.language);
  add_text(out, "companyName", profile.company_name);
  out["defaultAddress"] = address_json(profile.default_address);
  add_attributes(out, "CustomerBillingProfile", std::to_string(profile.etag));
  return out;
}

Json customer_json(const Customer& customer, CustomerView view, const std::string& user_name,
                   const std::string& password) {
  auto out = Json::object();
  const bool listed = view == CustomerView::Listed;
  out["id"] = customer.id;
  if (!listed) {
    add_text(out, "commerceId", customer.commerce_id);
  }
  out["companyProfile"] = company_profile_json(customer, listed);
  if (!listed) {
    out["billingProfile"] = billing_profile_json(customer.billing_profile);
  }
  out["relationshipToPartner"] = "reseller";
  if (view == CustomerView::Full) {
    out["allowDelegatedAccess"] = true;
    out["customDomains"] = Json::array({customer.domain});
  }
  if (view == CustomerView::Created) {
    out["userCredentials"]["userName"] = user_name;
    out["userCredentials"]["password"] = password;
  }
  add_self(out, "/customers/" + customer.id);
  add_attributes(out, "Customer");
  return out;
}

CustomerDraft billing_draft(const nlohmann::json& profile) {
  CustomerDraft out;
  out.email = text_of(profile, "email");
  out.culture = normal_culture(text_of(profile, "culture"));
  out.language = text_of(profile, "language");
  out.company_name = text_of(profile, "companyname");
  out.address = read_address(member(profile, "defaultaddress"));
  return out;
}

CustomerDraft customer_draft(const nlohmann::json& body) {
  auto out = billing_draft(member(body, "billingprofile"));
  const auto& company = member(body, "companyprofile");
  out.domain = lower(text_of(company, "domain"));
  out.registration_number = text_of(company, "organizationregistrationnumber");
  return out;
}

void apply_draft(const CustomerDraft& draft, BillingProfile& profile) {
  profile.email = draft.email;
  profile.culture = draft.culture;
  profile.language = draft.language;
  profile.company_name = draft.company_name;
  profile.default_address = draft.address;
}

}  // namespace pcsim::partner_center
