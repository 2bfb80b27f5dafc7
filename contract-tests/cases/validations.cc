// What can be asked before a customer is created or bought for.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Validations : public Contract {};

json lyon() {
  return {{"Country", "FR"},
          {"City", "Lyon"},
          {"AddressLine1", "3 rue du Port"},
          {"PostalCode", "69002"},
          {"State", nullptr}};
}

TEST_F(Validations, DomainsAreTakenOrFree) {
  const Client client = partner(universe);
  client.ok({.operation = CheckDomain, .path = {{"domain", "CONTOSO.onmicrosoft.com"}}});
  client.ok({.operation = CheckDomain, .path = {{"domain", "fabrikam.onmicrosoft.com"}}});
  const json body = new_customer("FR");
  const std::string domain = body.at("companyProfile").at("domain").get<std::string>();
  const Ask ask{.operation = CheckDomain, .path = {{"domain", domain}}};
  client.refused(ask, ErrorCode::NotFound);
  client.ok({.operation = CreateCustomer, .body = body.dump()});
  client.ok(ask);
  client.refused({.operation = CheckDomain, .path = {{"domain", "no-domain"}}},
                 ErrorCode::InvalidRequestInput);
}

TEST_F(Validations, AddressesAreHeldAgainstPlaces) {
  const Client client = partner(universe);
  const std::tuple<const char*, json, const char*> rows[] = {
      {"/City", "Lyon", "VerifiedShippable"},      {"/City", "Paris", "InteractionRequired"},
      {"/AddressLine1", "BP 3", "Verified"},       {"/AddressLine1", "3", "StreetPartial"},
      {"/AddressLine1", "rue", "PremisesPartial"}, {"/AddressLine1", "-", "Multiple"},
      {"/PostalCode", "1", "InteractionRequired"}, {"/Country", "KE", "NotValidated"},
  };
  for (const auto& [pointer, value, status] : rows) {
    json body = lyon();
    body.at(json::json_pointer{pointer}) = value;
    const json verdict = client.ok({.operation = ValidateAddress, .body = body.dump()});
    EXPECT_EQ(verdict.at("status"), status) << body.dump();
  }
  json body = lyon();
  body["City"] = "Nowhere";
  body["PostalCode"] = "00000";
  EXPECT_EQ(client.ok({.operation = ValidateAddress, .body = body.dump()}).at("status"), "None");
  for (const char* name : {"Country", "City", "AddressLine1"}) {
    body = lyon();
    body.erase(name);
    client.refused({.operation = ValidateAddress, .body = body.dump()},
                   ErrorCode::InvalidRequestInput);
  }
  body = lyon();
  body["Country"] = "QQ";
  client.refused({.operation = ValidateAddress, .body = body.dump()},
                 ErrorCode::InvalidRequestInput);
}

TEST(ValidationSwitches, OldAnswersAreEmptyOrCorrections) {
  Universe universe{{{"address-validation", "2021"}}};
  const Client client = partner(universe);
  json body = lyon();
  const Answer good = client.send({.operation = ValidateAddress, .body = body.dump()});
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.body, "");
  body["City"] = "Paris";
  const json refused = client.refused({.operation = ValidateAddress, .body = body.dump()},
                                      ErrorCode::AddressZipCityInvalid);
  const json inner = json::parse(refused.at("description").get<std::string>(), nullptr, false);
  ASSERT_TRUE(inner.is_object()) << refused.dump();
  EXPECT_EQ(inner.at("corrected_address").at("city"), "Lyon");
}

TEST_F(Validations, CountriesTellTheirRules) {
  const Client client = partner(universe);
  const json america = client.ok({.operation = GetCountryRules, .path = {{"country", "us"}}});
  EXPECT_EQ(america.at("iso2Code"), "US");
  EXPECT_EQ(america.at("defaultCulture"), "en-US");
  EXPECT_EQ(america.at("isStateRequired"), true);
  EXPECT_EQ(america.at("countryCallingCodesList"), json::array({"1"}));
  EXPECT_EQ(america.at("supportedCulturesList"), json::array({"en-US", "es-US"}));
  const json poland = client.ok({.operation = GetCountryRules, .path = {{"country", "PL"}}});
  EXPECT_EQ(poland.at("customerOrganizationRegistrationNumberRequired"), true);
  EXPECT_EQ(poland.at("isVatIdSupported"), true);
  const json brazil = client.ok({.operation = GetCountryRules, .path = {{"country", "BR"}}});
  EXPECT_EQ(brazil.at("isTaxIdOptional"), false);
  client.refused({.operation = GetCountryRules, .path = {{"country", "QQ"}}}, ErrorCode::NotFound);
}

TEST_F(Validations, AccountsAreVetted) {
  const Client client = partner(universe);
  const Ask ask{.operation = GetValidationStatus,
                .path = customer_path(demo::kContoso),
                .query = "type=account"};
  EXPECT_EQ(client.ok(ask).at("status"), "Allowed");
  const auto vet = [&](const char* status) {
    return universe.act("microsoft-vets-account",
                        json{{"customerId", demo::kContoso}, {"status", status}}.dump());
  };
  EXPECT_EQ(vet("Not Ready"), 200);
  EXPECT_EQ(client.ok(ask).at("status"), "Not Ready");
  EXPECT_EQ(vet("None"), 200);
  client.refused(ask, ErrorCode::CustomerAccountStatusNotFound);
  client.refused({.operation = GetValidationStatus, .path = customer_path(demo::kContoso)},
                 ErrorCode::InvalidRequestInput);
}

TEST_F(Validations, CompanyProfilesShowTheAddressToAdministrators) {
  const Client client = partner(universe);
  const Path path = customer_path(demo::kContoso);
  const json whole = client.ok({.operation = GetCompanyProfile, .path = path});
  EXPECT_EQ(whole.at("address").at("country"), "FR");
  EXPECT_TRUE(whole.contains("email"));
  client.ok({.operation = PatchCustomer,
             .path = path,
             .body = json{{"allowDelegatedAccess", false}}.dump()});
  const json bare = client.ok({.operation = GetCompanyProfile, .path = path});
  EXPECT_FALSE(bare.contains("address"));
  EXPECT_FALSE(bare.contains("email"));
}

}  // namespace
}  // namespace pcsim::contract
