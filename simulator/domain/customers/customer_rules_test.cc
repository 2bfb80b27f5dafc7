#include "domain/customers/customer_rules.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

CustomerDraft moulin() {
  CustomerDraft out{"moulin.example", "Le Moulin", "", "a@moulin.example", "fr-FR", "fr", {}};
  out.address.country = "FR";
  out.address.address_line1 = "3 rue du Port";
  out.address.city = "Lyon";
  out.address.first_name = "Ana";
  out.address.last_name = "Petit";
  return out;
}

ErrorCode refusal(const CustomerDraft& draft) {
  return check_new_customer(World{}, draft, true).error().code;
}

TEST(CustomerRules, AcceptsACompleteRequest) {
  EXPECT_TRUE(check_new_customer(World{}, moulin(), true));
}

TEST(CustomerRules, NamesTheMissingMember) {
  auto draft = moulin();
  draft.address.city.clear();
  const auto result = check_new_customer(World{}, draft, true);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().pointer, "/billingProfile/defaultAddress/city");
}

TEST(CustomerRules, RefusesAnUnknownMarketAndATakenDomain) {
  EXPECT_FALSE(check_new_customer(World{}, moulin(), false));
  World world;
  Customer other;
  other.domain = "MOULIN.example";
  world.customers.put("x", other);
  EXPECT_FALSE(check_new_customer(world, moulin(), true));
}

TEST(CustomerRules, AsksSomeCountriesForNumberAndPhone) {
  auto draft = moulin();
  draft.address.country = "HU";
  EXPECT_EQ(refusal(draft), ErrorCode::OrganizationIdMissing);
  draft.registration_number = "?";
  EXPECT_EQ(refusal(draft), ErrorCode::OrganizationIdInvalid);
  draft.registration_number = "12345678";
  EXPECT_EQ(refusal(draft), ErrorCode::PhoneNumberMissing);
}

TEST(CustomerRules, ComparesEtagsWithoutQuotes) {
  BillingProfile profile;
  profile.etag = -42;
  EXPECT_TRUE(check_billing_etag("\"-42\"", profile));
  EXPECT_EQ(check_billing_etag("-41", profile).error().code, ErrorCode::EtagNoLongerValid);
  EXPECT_EQ(check_billing_etag("", profile).error().code, ErrorCode::InvalidRequestInput);
}

TEST(CustomerRules, NormalisesCultures) { EXPECT_EQ(normal_culture("EN-us"), "en-US"); }

}  // namespace
}  // namespace pcsim
