#include "codec/partner_center/customer.h"

#include <nlohmann/json.hpp>

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
  add_text(out, "middleName", address.middle_name);
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
  out.middle_name = text_of(from, "middlename");
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

Json customer_json(const Customer& customer, const CustomerContext& context) {
  auto out = Json::object();
  const bool listed = context.view == CustomerView::Listed;
  out["id"] = customer.id;
  if (!listed) {
    add_text(out, "commerceId", customer.commerce_id);
  }
  out["companyProfile"] = company_profile_json(customer, listed);
  if (!listed) {
    out["billingProfile"] = billing_profile_json(customer.billing_profile);
  }
  out["relationshipToPartner"] = context.relationship;
  if (context.view == CustomerView::Full) {
    out["allowDelegatedAccess"] = customer.delegated_access;
  }
  if (context.view == CustomerView::Full && customer.delegated_access) {
    out["customDomains"] = Json::array({customer.domain});
  }
  if (context.view == CustomerView::Created) {
    out["userCredentials"]["userName"] = context.user_name;
    out["userCredentials"]["password"] = context.password;
  }
  add_text(out, "associatedPartnerId", context.associated_partner);
  if (context.gdap_by_default) {
    out["enableGDAPByDefault"] = *context.gdap_by_default;
  }
  add_self(out, "/customers/" + customer.id);
  add_attributes(out, "Customer");
  return out;
}

CustomerDraft billing_draft(const nlohmann::json& profile) {
  CustomerDraft out;
  out.first_name = text_of(profile, "firstname");
  out.last_name = text_of(profile, "lastname");
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
  if (const auto& gdap = member(body, "enablegdapbydefault"); gdap.is_boolean()) {
    out.gdap_by_default = gdap.get<bool>();
  }
  return out;
}

void apply_draft(const CustomerDraft& draft, BillingProfile& profile) {
  profile.first_name = draft.first_name;
  profile.last_name = draft.last_name;
  profile.email = draft.email;
  profile.culture = draft.culture;
  profile.language = draft.language;
  profile.company_name = draft.company_name;
  profile.default_address = draft.address;
}

}  // namespace pcsim::partner_center
