#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Agreements : public Contract {};

TEST_F(Agreements, TemplatesByType) {
  const Client client = partner(universe);
  const auto types = [&](const std::string& query) {
    const json list = client.ok({.operation = ListAgreementMetadata, .query = query});
    return list.at("totalCount").get<int>();
  };
  EXPECT_EQ(types(""), 1);
  EXPECT_EQ(types("agreementType=MicrosoftCustomerAgreement"), 1);
  EXPECT_EQ(types("agreementType=*"), 2);
  client.refused({.operation = ListAgreementMetadata, .query = "agreementType=Handshake"},
                 ErrorCode::InvalidRequestInput);
}

TEST_F(Agreements, ConfirmedOnceAndListed) {
  const Client client = partner(universe);
  const Path path = customer_path(demo::kNoAgreement);
  const Ask create{.operation = CreateAgreement, .path = path, .body = agreement().dump()};
  EXPECT_EQ(client.ok(create).at("dateAgreed"), "2024-03-02T00:00:00Z");
  client.refused(create, ErrorCode::PartnerConfirmedAgreementAlreadyExists);
  const json list = client.ok({.operation = ListAgreements,
                               .path = path,
                               .query = "agreementType=MicrosoftCustomerAgreement"});
  ASSERT_EQ(list.at("totalCount"), 1);
  EXPECT_EQ(list.at("items").at(0).at("primaryContact").at("email"), "ana@moulin.example");
  EXPECT_EQ(client.ok({.operation = ListAgreements, .path = path}).at("totalCount"), 0)
      << "without a type the Cloud Agreement is meant";
  client.refused({.operation = ListAgreements, .path = path, .query = "agreementType=Handshake"},
                 ErrorCode::InvalidRequestInput);
}

TEST_F(Agreements, FlawsAreRefused) {
  const Client client = partner(universe);
  const std::pair<const char*, json> flaws[] = {
      {"/primaryContact/firstName", ""},    {"/primaryContact/lastName", ""},
      {"/primaryContact/email", ""},        {"/templateId", demo::kNobody},
      {"/type", "MicrosoftCloudAgreement"}, {"/dateAgreed", "2999-01-01T00:00:00Z"},
      {"/dateAgreed", "yesterday"},
  };
  for (const auto& [pointer, value] : flaws) {
    json body = agreement();
    body.at(json::json_pointer{pointer}) = value;
    client.refused({.operation = CreateAgreement,
                    .path = customer_path(demo::kNoAgreement),
                    .body = body.dump()},
                   ErrorCode::InvalidRequestInput);
  }
}

TEST_F(Agreements, ResellersConfirmNone) {
  partner(universe, Who::Reseller)
      .refused({.operation = CreateAgreement,
                .path = customer_path(demo::kNorthwind),
                .body = agreement().dump()},
               ErrorCode::PartnerAccessDenied);
}

TEST_F(Agreements, DocumentsByLanguageAndCountry) {
  const Client client = partner(universe);
  const Path path{{"templateId", kCustomerAgreement}};
  const json plain = client.ok({.operation = GetAgreementDocument, .path = path});
  EXPECT_EQ(plain.at("language"), "en-US");
  EXPECT_EQ(plain.at("country"), "US");
  const json french = client.ok(
      {.operation = GetAgreementDocument, .path = path, .query = "language=fr-FR&country=FR"});
  EXPECT_NE(french.at("downloadUri"), plain.at("downloadUri"));
  for (const char* query : {"country=fr", "country=QQ", "language=french", "language=fr-FR",
                            "language=de-DE&country=FR"}) {
    client.refused({.operation = GetAgreementDocument, .path = path, .query = query},
                   ErrorCode::InvalidRequestInput);
  }
  client.refused({.operation = GetAgreementDocument,
                  .path = {{"templateId", "998b88de-aa99-4388-a42c-1b3517d49490"}}},
                 ErrorCode::ResourceNotFound);
}

TEST_F(Agreements, DirectSignature) {
  const json status = partner(universe).ok(
      {.operation = GetDirectSignStatus, .path = customer_path(demo::kContoso)});
  EXPECT_EQ(status.at("isSigned"), false);
}

}  // namespace
}  // namespace pcsim::contract
