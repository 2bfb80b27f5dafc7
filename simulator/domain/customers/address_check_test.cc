#include "domain/customers/address_check.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

const std::vector<Place> kPlaces{
    {"FR", "69001", "Lyon", ""}, {"FR", "69002", "Lyon", ""}, {"CA", "H2Y 1C6", "Montréal", "QC"}};

Address lyon() {
  Address out;
  out.country = "FR";
  out.postal_code = "69002";
  out.city = "Lyon";
  out.address_line1 = "3 rue du Port";
  return out;
}

TEST(AddressCheck, AWholeAddressIsShippable) {
  const auto verdict = check_address(kPlaces, lyon());
  EXPECT_EQ(verdict.status, AddressStatus::VerifiedShippable);
  ASSERT_EQ(verdict.suggested.size(), 1U);
  EXPECT_EQ(verdict.message, "");
}

TEST(AddressCheck, StreetAndPremisesMayBePartial) {
  const std::pair<const char*, AddressStatus> rows[] = {
      {"rue du Port", AddressStatus::PremisesPartial},
      {"3", AddressStatus::StreetPartial},
      {"-", AddressStatus::Multiple},
      {"BP 12", AddressStatus::Verified},
      {"P.O. Box 7", AddressStatus::Verified},
  };
  for (const auto& [line, status] : rows) {
    Address address = lyon();
    address.address_line1 = line;
    EXPECT_EQ(check_address(kPlaces, address).status, status) << line;
  }
}

TEST(AddressCheck, AnotherCityOrStateIsSuggested) {
  Address address = lyon();
  address.city = "Paris";
  auto verdict = check_address(kPlaces, address);
  EXPECT_EQ(verdict.status, AddressStatus::InteractionRequired);
  EXPECT_EQ(verdict.suggested.front().city, "Lyon");
  address.country = "ca";
  address.city = "montréal";
  address.postal_code = "h2y1c6";
  address.state = "ON";
  verdict = check_address(kPlaces, address);
  EXPECT_EQ(verdict.status, AddressStatus::InteractionRequired);
  EXPECT_EQ(verdict.suggested.front().state, "QC");
  EXPECT_EQ(verdict.suggested.front().postal_code, "H2Y 1C6");
}

TEST(AddressCheck, EveryPostalCodeOfTheCityIsSuggested) {
  Address address = lyon();
  address.postal_code = "69999";
  const auto verdict = check_address(kPlaces, address);
  EXPECT_EQ(verdict.status, AddressStatus::InteractionRequired);
  EXPECT_EQ(verdict.suggested.size(), 2U);
}

TEST(AddressCheck, WhatNobodyKnowsIsSaidSo) {
  Address address = lyon();
  address.city = "Nowhere";
  address.postal_code = "00000";
  EXPECT_EQ(check_address(kPlaces, address).status, AddressStatus::None);
  address.country = "JP";
  EXPECT_EQ(check_address(kPlaces, address).status, AddressStatus::NotValidated);
  EXPECT_EQ(address_status_word(AddressStatus::NotValidated), "NotValidated");
}

}  // namespace
}  // namespace pcsim
