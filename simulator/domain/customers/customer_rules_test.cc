#include "domain/customers/customer_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace pcsim {
namespace {

/// Five digits, the shape of every code these tests use.
bool five_digits(std::string_view text) {
  return text.size() == 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

CountryRules some_countries() {
  CountryRule france{"FR", false, true, {}, {"[0-9]{5}", five_digits}, false, false, {}};
  CountryRule america{"US", true, true, {"WA", "NY"}, {"[0-9]{5}", five_digits}, false, false, {}};
  CountryRule hungary{"HU", false, false, {}, {}, true, true, {"[0-9]{5}", five_digits}};
  CountryRule poland{"PL", false, false, {}, {}, false, true, {}};
  return CountryRules({france, america, hungary, poland}, {"fr", "en"});
}

struct CustomerRules : testing::Test {
  World world{};
  MarketTable markets{{{"FR", "France", "France", "Europe", "EUR", "", {}},
                       {"HU", "Hungary", "Hongrie", "Europe", "EUR", "", {}},
                       {"PL", "Poland", "Pologne", "Europe", "EUR", "", {}},
                       {"US", "United States", "États-Unis", "United States", "USD", "$", {}}}};
  CountryRules countries = some_countries();
  IdSource ids{1};
  Switches switches{};
  Trace trace{};
  CustomerDraft draft{};

  CustomerRules() {
    draft.domain = "moulin.example";
    draft.company_name = "Le Moulin";
    draft.email = "a@moulin.example";
    draft.culture = "fr-FR";
    draft.language = "fr";
    draft.address.country = "FR";
    draft.address.address_line1 = "3 rue du Port";
    draft.address.city = "Lyon";
    draft.address.postal_code = "69002";
    draft.address.first_name = "Ana";
    draft.address.last_name = "Petit";
  }

  Result<Done> judged() {
    const Env env{0, ids, 0, switches, &trace};
    return check_new_customer({world, markets, countries, env}, draft);
  }

  void choose(const char* name, const char* option) { ASSERT_TRUE(switches.choose(name, option)); }

  void expect(ErrorCode code, const std::string& pointer) {
    const auto result = judged();
    ASSERT_FALSE(result) << pointer;
    EXPECT_EQ(result.error().code, code) << pointer;
    EXPECT_EQ(result.error().pointer, pointer);
  }
};

TEST_F(CustomerRules, ACompleteRequestPassesEveryRule) {
  EXPECT_TRUE(judged());
  EXPECT_EQ(trace.rules.size(), billing_profile_rules().size() + new_customer_rules().size());
}

struct WrongMember {
  const char* pointer;
  std::string& (*member)(CustomerDraft&);
  const char* value;
};

TEST_F(CustomerRules, NameTheWrongMember) {
  const WrongMember rows[] = {
      {"/billingProfile/email", [](CustomerDraft & d) -> auto& {return d.email;
}
, ""
}  // namespace
, {"/billingProfile/email", [](CustomerDraft& d) -> auto& {return d.email;
}  // namespace pcsim
, "nobody"
}
, {"/billingProfile/culture", [](CustomerDraft& d) -> auto& {return d.culture;
}
, ""
}
, {"/billingProfile/culture", [](CustomerDraft& d) -> auto& {return d.culture;
}
, "fr"
}
, {"/billingProfile/culture", [](CustomerDraft& d) -> auto& {return d.culture;
}
, "fr-QQ"
}
, {"/billingProfile/culture", [](CustomerDraft& d) -> auto& {return d.culture;
}
, "qq-FR"
}
, {"/billingProfile/language", [](CustomerDraft& d) -> auto& {return d.language;
}
, "french"
}
, {"/billingProfile/companyName", [](CustomerDraft& d) -> auto& {return d.company_name;
}
, ""
}
, {"/billingProfile/defaultAddress/country",
   [](CustomerDraft& d) -> auto& {return d.address.country;
}
, "QQ"
}
, {"/billingProfile/defaultAddress/city", [](CustomerDraft& d) -> auto& {return d.address.city;
}
, ""
}
, {"/billingProfile/defaultAddress/postalCode",
   [](CustomerDraft& d) -> auto& {return d.address.postal_code;
}
, ""
}
, {"/billingProfile/defaultAddress/postalCode",
   [](CustomerDraft& d) -> auto& {return d.address.postal_code;
}
, "6900"
}
, {"/companyProfile/domain", [](CustomerDraft& d) -> auto& {return d.domain;
}
, "moulin"
}
, {"/companyProfile/domain", [](CustomerDraft& d) -> auto& {return d.domain;
}
, "a b.example"
}
,
}
;
const CustomerDraft good = draft;
for (const auto& row : rows) {
  draft = good;
  row.member(draft) = row.value;
  expect(ErrorCode::InvalidRequestInput, row.pointer);
}
}

TEST_F(CustomerRules, EveryMissingMemberBreaksItsRule) {
  struct Missing {
    const char* rule;
    std::string& (*member)(CustomerDraft&);
  };
  const Missing rows[] = {
      {"email_given", [](CustomerDraft& d) -> std::string& { return d.email; }},
      {"culture_given", [](CustomerDraft& d) -> std::string& { return d.culture; }},
      {"language_given", [](CustomerDraft& d) -> std::string& { return d.language; }},
      {"company_name_given", [](CustomerDraft& d) -> std::string& { return d.company_name; }},
      {"country_given", [](CustomerDraft& d) -> std::string& { return d.address.country; }},
      {"address_line_given",
       [](CustomerDraft& d) -> std::string& { return d.address.address_line1; }},
      {"city_given", [](CustomerDraft& d) -> std::string& { return d.address.city; }},
      {"first_name_given", [](CustomerDraft& d) -> std::string& { return d.address.first_name; }},
      {"last_name_given", [](CustomerDraft& d) -> std::string& { return d.address.last_name; }},
      {"postal_code_given_where_required",
       [](CustomerDraft& d) -> std::string& { return d.address.postal_code; }},
      {"domain_given", [](CustomerDraft& d) -> std::string& { return d.domain; }},
  };
  const CustomerDraft good = draft;
  for (const Missing& row : rows) {
    draft = good;
    row.member(draft).clear();
    trace = {};
    EXPECT_FALSE(judged()) << row.rule;
    EXPECT_EQ(trace.rules.back().rule, row.rule);
  }
}

TEST_F(CustomerRules, StatesAreThoseOfTheCountry) {
  draft.address.country = "US";
  expect(ErrorCode::InvalidRequestInput, "/billingProfile/defaultAddress/state");
  draft.address.state = "Rhone";
  expect(ErrorCode::InvalidRequestInput, "/billingProfile/defaultAddress/state");
  draft.address.state = "wa";
  EXPECT_TRUE(judged());
}

TEST_F(CustomerRules, ATakenDomainIsRefusedAsTheSwitchSays) {
  Customer other;
  other.domain = "MOULIN.example";
  world.customers.put("x", other);
  expect(ErrorCode::TenantCreationConflict, "/companyProfile/domain");
  choose("domain-taken", "800002");
  expect(ErrorCode::InvalidRequestInput, "/companyProfile/domain");
}

TEST_F(CustomerRules, SomeCountriesAskForNumberAndPhone) {
  draft.address.country = "HU";
  const std::string pointer = "/companyProfile/organizationRegistrationNumber";
  expect(ErrorCode::OrganizationIdMissing, pointer);
  draft.registration_number = "?";
  expect(ErrorCode::OrganizationIdInvalid, pointer);
  EXPECT_EQ(judged().error().arguments, std::vector<std::string>{"[0-9]{5}"});
  draft.registration_number = "12345";
  expect(ErrorCode::PhoneNumberMissing, "/billingProfile/defaultAddress/phoneNumber");
  draft.address.phone_number = "5550100";
  EXPECT_TRUE(judged());
}

TEST_F(CustomerRules, TheListOfCountriesIsASwitch) {
  draft.address.country = "PL";
  expect(ErrorCode::OrganizationIdMissing, "/companyProfile/organizationRegistrationNumber");
  choose("organization-numbers", "2021");
  EXPECT_TRUE(judged());
  draft.registration_number = "12345";
  expect(ErrorCode::OrganizationIdNotSupported, "/companyProfile/organizationRegistrationNumber");
  choose("organization-numbers", "2023");
  draft.address.country = "FR";
  EXPECT_TRUE(judged());
  draft.registration_number = "no number!";
  expect(ErrorCode::OrganizationIdNotSupported, "/companyProfile/organizationRegistrationNumber");
}

TEST_F(CustomerRules, EtagsCompareWithoutQuotesForAnyNumber) {
  const Env env{0, ids, 0, switches, nullptr};
  for (int round = 0; round < 200; ++round) {
    BillingProfile profile;
    profile.etag = static_cast<std::int64_t>(ids.next());
    const auto text = std::to_string(profile.etag);
    for (const auto& sent : {text, '"' + text + '"', "W/\"" + text + '"'}) {
      EXPECT_TRUE(check_billing_etag(env, sent, profile)) << sent;
    }
    ++profile.etag;
    EXPECT_EQ(check_billing_etag(env, text, profile).error().code, ErrorCode::EtagNoLongerValid);
  }
}

TEST_F(CustomerRules, AMissingEtagIsAMatterOfASwitch) {
  const BillingProfile profile;
  EXPECT_EQ(check_billing_etag({0, ids, 0, switches}, "", profile).error().code,
            ErrorCode::InvalidRequestInput);
  choose("billing-etag-missing", "accepted");
  EXPECT_TRUE(check_billing_etag({0, ids, 0, switches}, "", profile));
}

TEST_F(CustomerRules, AResellerMustBuyThroughTheProvider) {
  Partner provider{"t1", "provider.example", "P", PartnerKind::IndirectProvider, "US"};
  Partner reseller{"t2", "reseller.example", "R", PartnerKind::IndirectReseller, "US", "100"};
  world.partners.put("t2", reseller);
  EXPECT_FALSE(named_reseller(world, provider, "t2"));
  reseller.providers = {"provider.example"};
  world.partners.put("t2", reseller);
  EXPECT_EQ(named_reseller(world, provider, "T2").value(), "reseller.example");
  EXPECT_EQ(named_reseller(world, provider, "100").value(), "reseller.example");
  EXPECT_EQ(named_reseller(world, provider, "").value(), "");
  provider.kind = PartnerKind::Direct;
  EXPECT_FALSE(named_reseller(world, provider, "t2"));
}

TEST_F(CustomerRules, ASandboxHoldsSoManyCustomers) {
  const Env env{0, ids, 0, switches, nullptr};
  Partner partner{"t1", "sandbox.example", "S", PartnerKind::Direct, "FR"};
  for (int count = 0; count < 75; ++count) {
    EXPECT_TRUE(check_creator(world, partner, env));
    Customer customer;
    customer.partner_key = partner.domain;
    world.customers.put(std::to_string(count), customer);
  }
  EXPECT_TRUE(check_creator(world, partner, env));
  partner.sandbox = true;
  EXPECT_EQ(check_creator(world, partner, env).error().code, ErrorCode::SandboxLimitMet);
  world.customers.erase("7");
  EXPECT_TRUE(check_creator(world, partner, env));
  partner.kind = PartnerKind::IndirectReseller;
  EXPECT_EQ(check_creator(world, partner, env).error().code, ErrorCode::PartnerAccessDenied);
}

TEST_F(CustomerRules, AnAddressToValidateNeedsItsPlace) {
  const Env env{0, ids, 0, switches, nullptr};
  const CustomerScene scene{world, markets, countries, env};
  Address address = draft.address;
  EXPECT_TRUE(check_address_members(scene, address));
  address.postal_code = "x";
  EXPECT_TRUE(check_address_members(scene, address));
  address.city.clear();
  EXPECT_EQ(check_address_members(scene, address).error().pointer, "/city");
  address.address_line1.clear();
  EXPECT_EQ(check_address_members(scene, address).error().pointer, "/addressLine1");
  address.country = "QQ";
  EXPECT_EQ(check_address_members(scene, address).error().pointer, "/country");
  address.country.clear();
  EXPECT_EQ(check_address_members(scene, address).error().pointer, "/country");
}

TEST_F(CustomerRules, CulturesAreNormalised) { EXPECT_EQ(normal_culture("EN-us"), "en-US"); }

}  // namespace
}  // namespace pcsim
