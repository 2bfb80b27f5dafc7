#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Customers : public Contract {};

TEST_F(Customers, CreatedListedRead) {
  const Client client = partner(universe);
  const json made = client.ok({.operation = CreateCustomer, .body = new_customer("FR").dump()});
  const std::string id = made.at("id").get<std::string>();
  EXPECT_EQ(made.at("userCredentials").at("userName"), "admin");
  EXPECT_FALSE(made.at("userCredentials").at("password").get<std::string>().empty());
  const json read = client.ok({.operation = GetCustomer, .path = customer_path(id)});
  EXPECT_EQ(read.at("id"), id);
  EXPECT_FALSE(read.contains("userCredentials"));
  EXPECT_EQ(read.at("billingProfile").at("defaultAddress").at("country"), "FR");
  const json list = client.ok({.operation = ListCustomers});
  EXPECT_EQ(list.at("totalCount"), list.at("items").size());
  EXPECT_TRUE(std::any_of(list.at("items").begin(), list.at("items").end(),
                          [&](const json& item) { return item.at("id") == id; }));
}

TEST_F(Customers, PartnersSeeTheirOwn) {
  for (const Who who : {Who::Provider, Who::Reseller}) {
    const json list = partner(universe, who).ok({.operation = ListCustomers});
    ASSERT_EQ(list.at("totalCount"), 1);
    EXPECT_EQ(list.at("items").at(0).at("id"), demo::kNorthwind);
  }
  EXPECT_EQ(partner(universe, Who::OtherPartner).ok({.operation = ListCustomers}).at("totalCount"),
            0);
}

TEST_F(Customers, EveryAllowedRoleAndTheApplicationCreate) {
  for (const Who who : {Who::Admin, Who::Sales, Who::GlobalAdmin, Who::App}) {
    create_customer(partner(universe, who), "FR");
  }
}

/// One wrong detail of the body that creates a customer.
struct Flaw {
  const char* pointer;
  json value;  ///< null takes the member away
  ErrorCode error;
};

TEST_F(Customers, FlawsOfANewCustomer) {
  const Client client = partner(universe);
  const std::string address = "/billingProfile/defaultAddress";
  const Flaw flaws[] = {
      {"/companyProfile/domain", nullptr, ErrorCode::InvalidRequestInput},
      {"/companyProfile/domain", "contoso.onmicrosoft.com", ErrorCode::TenantCreationConflict},
      {"/billingProfile/email", nullptr, ErrorCode::InvalidRequestInput},
      {"/billingProfile/culture", nullptr, ErrorCode::InvalidRequestInput},
      {"/billingProfile/language", nullptr, ErrorCode::InvalidRequestInput},
      {"/billingProfile/companyName", nullptr, ErrorCode::InvalidRequestInput},
      {"/billingProfile/defaultAddress/city", nullptr, ErrorCode::InvalidRequestInput},
      {"/billingProfile/defaultAddress/country", "QQ", ErrorCode::InvalidRequestInput},
      {"/billingProfile/defaultAddress/firstName", nullptr, ErrorCode::InvalidRequestInput},
      {"/companyProfile/organizationRegistrationNumber", nullptr, ErrorCode::OrganizationIdMissing},
      {"/companyProfile/organizationRegistrationNumber", "!", ErrorCode::OrganizationIdInvalid},
      {"/billingProfile/defaultAddress/phoneNumber", nullptr, ErrorCode::PhoneNumberMissing},
      {"/billingProfile/defaultAddress/postalCode", "ABC", ErrorCode::InvalidRequestInput},
      {"/billingProfile/culture", "xx-FR", ErrorCode::InvalidRequestInput},
      {"/billingProfile/language", "french", ErrorCode::InvalidRequestInput},
      {"/companyProfile/domain", "no domain", ErrorCode::InvalidRequestInput},
  };
  for (const Flaw& flaw : flaws) {
    json body = new_customer("PL");  // a country that asks for a number and a phone
    const json::json_pointer at{flaw.pointer};
    if (flaw.value.is_null()) {
      body.at(at.parent_pointer()).erase(at.back());
    } else {
      body.at(at) = flaw.value;
    }
    client.refused({.operation = CreateCustomer, .body = body.dump()}, flaw.error);
  }
}

TEST_F(Customers, ANumberMustBePlausibleWhereNoneIsAskedFor) {
  json body = new_customer("FR");
  body["companyProfile"]["organizationRegistrationNumber"] = "no number!";
  partner(universe).refused({.operation = CreateCustomer, .body = body.dump()},
                            ErrorCode::OrganizationIdNotSupported);
}

TEST_F(Customers, ResellersCreateNone) {
  partner(universe, Who::Reseller)
      .refused({.operation = CreateCustomer, .body = new_customer("US").dump()},
               ErrorCode::PartnerAccessDenied);
}

TEST_F(Customers, ProvidersNameTheReseller) {
  json body = new_customer("US");
  body["associatedPartnerId"] = demo::kReseller;
  const Client provider = partner(universe, Who::Provider);
  const json made = provider.ok({.operation = CreateCustomer, .body = body.dump()});
  EXPECT_EQ(partner(universe, Who::Reseller).ok({.operation = ListCustomers}).at("totalCount"), 2);
  body = new_customer("US");
  body["associatedPartnerId"] = demo::kNobody;
  provider.refused({.operation = CreateCustomer, .body = body.dump()},
                   ErrorCode::InvalidRequestInput);
}

/// The condition on `field` that a list query carries.
std::string filter(const std::string& field, const std::string& value, const std::string& op) {
  return "filter=" + encode(json{{"Field", field}, {"Value", value}, {"Operator", op}}.dump());
}

TEST_F(Customers, FiltersAndPages) {
  const Client client = partner(universe);
  const auto count = [&](const std::string& query) {
    return client.ok({.operation = ListCustomers, .query = query}).at("totalCount").get<int>();
  };
  EXPECT_EQ(count(filter("CompanyName", "conto", "starts_with")), 1);
  EXPECT_EQ(count(filter("companyname", "Conto", "StartsWith")), 1);
  EXPECT_EQ(count(filter("Domain", "legacy", "startswith")), 1);
  EXPECT_EQ(count(filter("IndirectReseller", demo::kReseller, "starts_with")), 0);
  EXPECT_EQ(count(filter("IndirectCloudSolutionProvider", demo::kFabrikam, "starts_with")), 14);
  EXPECT_EQ(count("size=0"), 14);
  EXPECT_EQ(count("size=2"), 2);
  for (const std::string& query :
       {filter("CompanyName", "x", "substring"), filter("Nothing", "x", "starts_with"),
        std::string{"filter=nonsense"}, std::string{"size=many"}}) {
    client.refused({.operation = ListCustomers, .query = query}, ErrorCode::InvalidRequestInput);
  }
}

TEST_F(Customers, BillingProfileNeedsItsEtag) {
  const Client client = partner(universe);
  const Path path = customer_path(demo::kContoso);
  json profile = client.ok({.operation = GetBillingProfile, .path = path});
  const json before = profile;
  profile["companyName"] = "Contoso SA";
  const json by_body =
      client.ok({.operation = UpdateBillingProfile, .path = path, .body = profile.dump()});
  EXPECT_EQ(by_body.at("companyName"), "Contoso SA");
  EXPECT_NE(by_body.at("attributes").at("etag"), before.at("attributes").at("etag"));
  client.refused({.operation = UpdateBillingProfile, .path = path, .body = profile.dump()},
                 ErrorCode::EtagNoLongerValid);
  profile.erase("attributes");
  client.refused({.operation = UpdateBillingProfile, .path = path, .body = profile.dump()},
                 ErrorCode::InvalidRequestInput);
  const std::string etag = by_body.at("attributes").at("etag").get<std::string>();
  client.ok({.operation = UpdateBillingProfile,
             .path = path,
             .body = profile.dump(),
             .headers = {{"If-Match", "\"" + etag + "\""}}});
}

TEST_F(Customers, GranularAdministrationIsEchoedAndEndsDelegation) {
  const Client client = partner(universe);
  json body = new_customer("FR");
  const json delegated = client.ok({.operation = CreateCustomer, .body = body.dump()});
  EXPECT_EQ(delegated.at("relationshipToPartner"), "reseller");
  EXPECT_FALSE(delegated.contains("enableGDAPByDefault"));
  body = new_customer("FR");
  body["enableGDAPByDefault"] = true;
  const json made = client.ok({.operation = CreateCustomer, .body = body.dump()});
  EXPECT_EQ(made.at("relationshipToPartner"), "none");
  EXPECT_EQ(made.at("enableGDAPByDefault"), true);
  const json read = client.ok(
      {.operation = GetCustomer, .path = customer_path(made.at("id").get<std::string>())});
  EXPECT_EQ(read.at("relationshipToPartner"), "reseller");
  EXPECT_EQ(read.at("allowDelegatedAccess"), false);
  EXPECT_FALSE(read.contains("customDomains"));
}

TEST_F(Customers, PagesFollowedByTheirLinksAreTheWholeList) {
  const Client client = partner(universe);
  std::vector<std::string> whole;
  const json list = client.ok({.operation = ListCustomers});
  for (const json& item : list.at("items")) {
    whole.push_back(item.at("id").get<std::string>());
  }
  std::vector<std::string> paged;
  json page = client.ok({.operation = ListCustomers, .query = "size=2"});
  for (std::size_t pages = 0; pages < whole.size(); ++pages) {
    for (const json& item : page.at("items")) {
      paged.push_back(item.at("id").get<std::string>());
    }
    if (!page.at("links").contains("next")) {
      break;
    }
    const json& next = page.at("links").at("next");
    const std::string uri = next.at("uri").get<std::string>();
    EXPECT_EQ(next.at("headers").at(0).at("key"), "MS-ContinuationToken");
    const std::string token = next.at("headers").at(0).at("value").get<std::string>();
    page = client.ok({.operation = ListCustomers,
                      .query = uri.substr(uri.find('?') + 1),
                      .headers = {{"MS-ContinuationToken", token}}});
  }
  EXPECT_EQ(paged, whole);
  client.refused({.operation = ListCustomers, .query = "seekOperation=Sideways"},
                 ErrorCode::InvalidRequestInput);
}

TEST(CustomerSwitches, TheListOf2021RefusesNumbersElsewhere) {
  Universe universe{{{"organization-numbers", "2021"}}};
  const Client client = partner(universe);
  client.refused({.operation = CreateCustomer, .body = new_customer("FR").dump()},
                 ErrorCode::OrganizationIdNotSupported);
  json body = new_customer("FR");
  body["companyProfile"].erase("organizationRegistrationNumber");
  client.ok({.operation = CreateCustomer, .body = body.dump()});
}

TEST(CustomerSwitches, ATakenDomainMayBeAnInvalidMember) {
  Universe universe{{{"domain-taken", "800002"}}};
  json body = new_customer("FR");
  body["companyProfile"]["domain"] = "contoso.onmicrosoft.com";
  partner(universe).refused({.operation = CreateCustomer, .body = body.dump()},
                            ErrorCode::InvalidRequestInput);
}

}  // namespace
}  // namespace pcsim::contract
