#include "domain/agreements/agreement_document.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

struct AgreementDocument : testing::Test {
  MarketTable markets{{{"FR", "France", "France", "Europe", "EUR", "", {}},
                       {"US", "United States", "États-Unis", "United States", "USD", "", {}}}};
  CountryRules rules{{}, {"en", "fr", "es"}};
  CountryDetailsTable countries{{{"FR", {"fr"}, {"33"}, "", "", "", "", "", false},
                                 {"US", {"en", "es"}, {"1"}, "", "", "", "", "", false}}};
  DocumentRequest request{"117a77b0-9360-443b-8795-c6dedc750cf9"};

  Result<Done> judged() {
    return check_document(
        {request, agreement_template(request.template_id), markets, rules, countries}, nullptr);
  }
};

TEST_F(AgreementDocument, DefaultsAreGood) { EXPECT_TRUE(judged()); }

TEST_F(AgreementDocument, LanguagesAreEnglishOrOfTheCountry) {
  request.country = "FR";
  EXPECT_TRUE(judged());
  request.language = "fr-FR";
  EXPECT_TRUE(judged());
  request.language = "es-US";
  EXPECT_EQ(judged().error().pointer, "language");
  for (const char* language : {"fr", "xx-FR", "fr-QQ"}) {
    request.language = language;
    EXPECT_EQ(judged().error().pointer, "language") << language;
  }
}

TEST_F(AgreementDocument, CountriesAreWrittenInCapitals) {
  for (const char* country : {"fr", "QQ", ""}) {
    request.country = country;
    EXPECT_EQ(judged().error().pointer, "country") << country;
  }
}

TEST_F(AgreementDocument, OnlyTheCustomerAgreementHasOne) {
  for (const char* id : {"998b88de-aa99-4388-a42c-1b3517d49490", "none"}) {
    request.template_id = id;
    EXPECT_EQ(judged().error().code, ErrorCode::ResourceNotFound) << id;
  }
}

}  // namespace
}  // namespace pcsim
