#include "codec/partner_center/customer.h"

#include <array>
#include <nlohmann/json.hpp>

#include "codec/partner_center/address.h"
#include "codec/partner_center/collection.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

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

}  // namespace

Json own_company_profile_json(const Customer& customer) {
  auto out = Json::object();
  out["tenantId"] = customer.id;
  out["domain"] = customer.domain;
  out["companyName"] = customer.company_name;
  if (customer.delegated_access) {
    out["address"] = address_json(customer.billing_profile.default_address);
    add_text(out, "email", customer.billing_profile.email);
  }
  add_text(out, "organizationRegistrationNumber", customer.organization_registration_number);
  add_self(out, "/customers/" + customer.id + "/profiles/company");
  add_attributes(out, "CustomerCompanyProfile");
  return out;
}

Json patched_customer_json(std::string_view relationship, std::optional<bool> delegated_access) {
  auto out = Json::object();
  for (const char* name : {"Id", "CommerceId", "CompanyProfile", "BillingProfile"}) {
    out[name] = nullptr;
  }
  out["RelationshipToPartner"] = relationship;
  out["AllowDelegatedAccess"] = delegated_access ? Json(*delegated_access) : Json(nullptr);
  for (const char* name : {"UserCredentials", "CustomDomains", "AssociatedPartnerId"}) {
    out[name] = nullptr;
  }
  out["Attributes"] = Json::object({{"ObjectType", "Customer"}});
  return out;
}

Json validation_status_json(const Customer& customer) {
  static constexpr std::array<const char*, 6> kWords{"",           "Allowed", "UnderReview",
                                                     "NotAllowed", "Unknown", "Not Ready"};
  auto out = Json::object();
  out["type"] = "account";
  out["status"] = kWords.at(static_cast<std::size_t>(customer.account_status));
  auto date = to_iso(customer.account_reviewed == 0 ? customer.created : customer.account_reviewed);
  if (!date.empty() && date.back() == 'Z') {
    date.pop_back();
  }
  out["lastUpdateDateTime"] = date;
  return out;
}

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
