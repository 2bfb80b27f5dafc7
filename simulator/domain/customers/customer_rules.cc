#include "domain/customers/customer_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 24> kNumberCountries{
    "AE", "AM", "AZ", "BR", "BY", "HU", "IN", "IQ", "KG", "KZ", "MD", "MM",
    "PL", "RU", "SA", "SS", "TH", "TJ", "TR", "UA", "UZ", "VE", "VN", "ZA"};

constexpr std::size_t kShortestNumber = 4;
constexpr std::size_t kLongestNumber = 40;

/// One mandatory member: where it is and how to read it.
struct Required {
  std::string_view pointer;
  const std::string& (*read)(const CustomerDraft&);
};

constexpr std::array<Required, 9> kBillingMembers{{
    {"/billingProfile/email", [](const CustomerDraft& d) -> const std::string& { return d.email; }},
    {"/billingProfile/culture",
     [](const CustomerDraft& d) -> const std::string& { return d.culture; }},
    {"/billingProfile/language",
     [](const CustomerDraft& d) -> const std::string& { return d.language; }},
    {"/billingProfile/companyName",
     [](const CustomerDraft& d) -> const std::string& { return d.company_name; }},
    {"/billingProfile/defaultAddress/country",
     [](const CustomerDraft& d) -> const std::string& { return d.address.country; }},
    {"/billingProfile/defaultAddress/addressLine1",
     [](const CustomerDraft& d) -> const std::string& { return d.address.address_line1; }},
    {"/billingProfile/defaultAddress/city",
     [](const CustomerDraft& d) -> const std::string& { return d.address.city; }},
    {"/billingProfile/defaultAddress/firstName",
     [](const CustomerDraft& d) -> const std::string& { return d.address.first_name; }},
    {"/billingProfile/defaultAddress/lastName",
     [](const CustomerDraft& d) -> const std::string& { return d.address.last_name; }},
}};

Error invalid(std::string_view pointer) {
  return Error{ErrorCode::InvalidRequestInput, {}, std::string{pointer}};
}

bool valid_number(std::string_view number) {
  return number.size() >= kShortestNumber && number.size() <= kLongestNumber &&
         std::all_of(number.begin(), number.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '-' || c == ' ' || c == '/' || c == '.';
         });
}

bool domain_taken(const World& world, std::string_view domain) {
  const auto same = [&](const auto& entry) {
    return equal_ignoring_case(entry.second.domain, domain);
  };
  return std::any_of(world.customers.begin(), world.customers.end(), same) ||
         std::any_of(world.partners.begin(), world.partners.end(), same);
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

bool organization_number_required(std::string_view country) {
  return std::any_of(kNumberCountries.begin(), kNumberCountries.end(),
                     [&](std::string_view row) { return equal_ignoring_case(row, country); });
}

Result<Done> check_billing_members(const CustomerDraft& draft, bool market_known) {
  for (const auto& row : kBillingMembers) {
    if (row.read(draft).empty()) {
      return invalid(row.pointer);
    }
  }
  if (!market_known) {
    return invalid("/billingProfile/defaultAddress/country");
  }
  return Done{};
}

Result<Done> check_new_customer(const World& world, const CustomerDraft& draft,
                                bool market_known) {
  if (draft.domain.empty()) {
    return invalid("/companyProfile/domain");
  }
  PCSIM_TRY(members, check_billing_members(draft, market_known));
  if (organization_number_required(draft.address.country)) {
    const std::string pointer = "/companyProfile/organizationRegistrationNumber";
    if (draft.registration_number.empty()) {
      return Error{ErrorCode::OrganizationIdMissing, {}, pointer};
    }
    if (!valid_number(draft.registration_number)) {
      return Error{ErrorCode::OrganizationIdInvalid, {"^[A-Za-z0-9 ./-]{4,40}$"}, pointer};
    }
    if (draft.address.phone_number.empty()) {
      return Error{ErrorCode::PhoneNumberMissing,
                   {},
                   "/billingProfile/defaultAddress/phoneNumber"};
    }
  }
  if (domain_taken(world, draft.domain)) {
    return invalid("/companyProfile/domain");
  }
  return members;
}

Result<Done> check_billing_etag(std::string_view sent, const BillingProfile& profile) {
  if (sent.empty()) {
    return invalid("/attributes/etag");
  }
  if (unquoted(sent) != std::to_string(profile.etag)) {
    return ErrorCode::EtagNoLongerValid;
  }
  return Done{};
}

std::string normal_culture(std::string_view culture) {
  std::string out = lower(culture);
  const auto dash = out.rfind('-');
  if (dash != std::string::npos && out.size() - dash == 3) {
    out[dash + 1] = upper(out[dash + 1]);
    out[dash + 2] = upper(out[dash + 2]);
  }
  return out;
}

std::string_view unquoted(std::string_view text) {
  if (text.substr(0, 2) == "W/") {
    text.remove_prefix(2);
  }
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

bool sees_customer(const Partner& partner, const Customer& customer) {
  const auto& key = partner.kind == PartnerKind::IndirectReseller ? customer.reseller_key
                                                                  : customer.partner_key;
  return !key.empty() && equal_ignoring_case(key, partner.domain);
}

}  // namespace pcsim
