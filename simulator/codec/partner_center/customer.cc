#include "codec/partner_center/customer.h"

#include <array>
#include <nlohmann/json.hpp>

#include "codec/partner_center/address.h"
#include "codec/partner_center/collection.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

void write_company_profile(JsonPlace place, const Customer& customer, bool listed) {
  const JsonObject out{place};
  out["tenantId"] = customer.id;
  out["domain"] = customer.domain;
  out["companyName"] = customer.company_name;
  if (!listed) {
    add_text(out, "organizationRegistrationNumber", customer.organization_registration_number);
  }
  add_self(out, "/customers/" + customer.id + "/profiles/company");
  add_attributes(out, "CustomerCompanyProfile");
}

}  // namespace

void write_own_company_profile(JsonPlace place, const Customer& customer) {
  const JsonObject out{place};
  out["tenantId"] = customer.id;
  out["domain"] = customer.domain;
  out["companyName"] = customer.company_name;
  if (customer.delegated_access) {
    write_address(out["address"], customer.billing_profile.default_address);
    add_text(out, "email", customer.billing_profile.email);
  }
  add_text(out, "organizationRegistrationNumber", customer.organization_registration_number);
  add_self(out, "/customers/" + customer.id + "/profiles/company");
  add_attributes(out, "CustomerCompanyProfile");
}

void write_patched_customer(JsonPlace place, std::string_view relationship,
                            std::optional<bool> delegated_access) {
  const JsonObject out{place};
  out["Id"] = nullptr;
  out["CommerceId"] = nullptr;
  out["CompanyProfile"] = nullptr;
  out["BillingProfile"] = nullptr;
  out["RelationshipToPartner"] = relationship;
  if (delegated_access) {
    out["AllowDelegatedAccess"] = *delegated_access;
  } else {
    out["AllowDelegatedAccess"] = nullptr;
  }
  out["UserCredentials"] = nullptr;
  out["CustomDomains"] = nullptr;
  out["AssociatedPartnerId"] = nullptr;
  const JsonObject attributes{out["Attributes"]};
  attributes["ObjectType"] = "Customer";
}

void write_validation_status(JsonPlace place, const Customer& customer) {
  static constexpr std::array<const char*, 6> kWords{"",           "Allowed", "UnderReview",
                                                     "NotAllowed", "Unknown", "Not Ready"};
  auto date = to_iso(customer.account_reviewed == 0 ? customer.created : customer.account_reviewed);
  if (!date.empty() && date.back() == 'Z') {
    date.pop_back();
  }
  const JsonObject out{place};
  out["type"] = "account";
  out["status"] = kWords.at(static_cast<std::size_t>(customer.account_status));
  out["lastUpdateDateTime"] = date;
}

void write_billing_profile(JsonPlace place, const BillingProfile& profile, std::string_view self) {
  const JsonObject out{place};
  out["id"] = profile.id;
  add_text(out, "firstName", profile.first_name);
  add_text(out, "lastName", profile.last_name);
  add_text(out, "email", profile.email);
  add_text(out, "culture", profile.culture);
  add_text(out, "language", profile.language);
  add_text(out, "companyName", profile.company_name);
  write_address(out["defaultAddress"], profile.default_address);
  if (!self.empty()) {
    add_self(out, self);
  }
  add_attributes(out, "CustomerBillingProfile", std::to_string(profile.etag));
}

void write_customer(JsonPlace place, const Customer& customer, const CustomerContext& context) {
  const JsonObject out{place};
  const bool listed = context.view == CustomerView::Listed;
  out["id"] = customer.id;
  if (!listed) {
    add_text(out, "commerceId", customer.commerce_id);
  }
  write_company_profile(out["companyProfile"], customer, listed);
  if (!listed) {
    write_billing_profile(out["billingProfile"], customer.billing_profile);
  }
  out["relationshipToPartner"] = context.relationship;
  if (context.view == CustomerView::Full) {
    out["allowDelegatedAccess"] = customer.delegated_access;
  }
  if (context.view == CustomerView::Full && customer.delegated_access) {
    const JsonArray domains{out["customDomains"]};
    domains.next() = customer.domain;
  }
  if (context.view == CustomerView::Created) {
    const JsonObject credentials{out["userCredentials"]};
    credentials["userName"] = context.user_name;
    credentials["password"] = context.password;
  }
  add_text(out, "associatedPartnerId", context.associated_partner);
  if (context.gdap_by_default) {
    out["enableGDAPByDefault"] = *context.gdap_by_default;
  }
  add_self(out, "/customers/" + customer.id);
  add_attributes(out, "Customer");
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
