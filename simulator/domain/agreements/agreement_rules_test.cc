#include "domain/agreements/agreement_rules.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

Agreement confirmed() {
  Agreement out;
  out.first_name = "Ana";
  out.last_name = "Petit";
  out.email = "ana@moulin.example";
  out.template_id = "117a77b0-9360-443b-8795-c6dedc750cf9";
  out.type = "MicrosoftCustomerAgreement";
  out.date_agreed = kDay;
  return out;
}

/// What becomes of a confirmation at the end of the first day.
Result<Done> judged(const World& world, const Partner& partner, const Agreement& draft,
                    Instant now = kDay) {
  IdSource ids{1};
  return check_agreement(world, partner, draft, {now, ids, 0});
}

struct WrongMember {
  const char* pointer;
  std::string& (*member)(Agreement&);
  const char* value;
};

TEST(AgreementRules, NameTheWrongMember) {
  EXPECT_TRUE(judged(World{}, Partner{}, confirmed()));
  const WrongMember rows[] = {
      {"/primaryContact/firstName", [](Agreement & a) -> auto& {return a.first_name;
}
, ""
}  // namespace
, {"/primaryContact/lastName", [](Agreement& a) -> auto& {return a.last_name;
}  // namespace pcsim
, ""
}
, {"/primaryContact/email", [](Agreement& a) -> auto& {return a.email;
}
, ""
}
, {"/templateId", [](Agreement& a) -> auto& {return a.template_id;
}
, "x"
}
, {"/type", [](Agreement& a) -> auto& {return a.type;
}
, "MicrosoftCloudAgreement"
}
,
}
;
for (const auto& row : rows) {
  auto draft = confirmed();
  row.member(draft) = row.value;
  EXPECT_EQ(judged(World{}, Partner{}, draft).error().pointer, row.pointer);
}
}

TEST(AgreementRules, ADateMayBeNowButNotLater) {
  EXPECT_TRUE(judged(World{}, Partner{}, confirmed(), kDay));
  EXPECT_EQ(judged(World{}, Partner{}, confirmed(), kDay - 1).error().pointer, "/dateAgreed");
}

TEST(AgreementRules, AContactConfirmsOnceUntilADetailChanges) {
  World world;
  world.agreements.push_back(confirmed());
  EXPECT_EQ(judged(world, Partner{}, confirmed()).error().code,
            ErrorCode::PartnerConfirmedAgreementAlreadyExists);
  for (const auto member : {&Agreement::first_name, &Agreement::last_name, &Agreement::email,
                            &Agreement::phone_number, &Agreement::customer_id}) {
    auto again = confirmed();
    again.*member = "other";
    EXPECT_TRUE(judged(world, Partner{}, again));
  }
}

TEST(AgreementRules, ResellersLeaveItToTheirProvider) {
  Partner partner;
  partner.kind = PartnerKind::IndirectReseller;
  EXPECT_EQ(judged(World{}, partner, confirmed()).error().code, ErrorCode::PartnerAccessDenied);
}

}  // namespace
}  // namespace pcsim
