// Every error on purpose: by its name, by its code, in both languages, and without a trace.
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "cases/shop.h"
#include "cases/story.h"
#include "contract/coverage.h"
#include "harness/checks.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Triggers : public Contract {};

/// An operation whose answers are of the surface that `row` belongs to.
OperationId operation_for(const ErrorRow& row) {
  return row.surface == "Arm"     ? ArmListSubscriptions
         : row.surface == "Entra" ? OpenIdConfigurationV1
                                  : ListCustomers;
}

Ask asking(OperationId id, Fields headers) {
  Ask ask{.operation = id, .headers = std::move(headers)};
  ask.path = {{"tenant", demo::kFabrikam}};
  if (operation(id).surface == Surface::Arm) {
    ask.query = kSubscriptionsVersion;
  }
  return ask;
}

/// Sends, and expects the error in the shape of the operation's surface.
void expect_error(const Client& client, const Ask& ask, ErrorCode error, Locale locale) {
  SCOPED_TRACE(error_row(error).name);
  const Answer answer = client.send(ask);
  check_refusal(operation(ask.operation).surface, false, error, answer, parse(answer), locale);
}

const std::pair<const char*, Locale> kLocales[] = {{"en-US", Locale::English},
                                                   {"fr-FR", Locale::French},
                                                   {"fr", Locale::French},
                                                   {"de-DE", Locale::English}};

TEST_F(Triggers, EveryErrorByItsName) {
  const std::map<Surface, Client> clients{{Surface::PartnerCenter, partner(universe)},
                                          {Surface::Arm, azure(universe, Who::Alice)},
                                          {Surface::Entra, anonymous(universe)}};
  for (std::size_t at = 0; at < error_count(); ++at) {
    const auto error = static_cast<ErrorCode>(at);
    const ErrorRow& row = error_row(error);
    if (row.surface == "Cart") {
      continue;
    }
    const OperationId id = operation_for(row);
    const auto& [name, locale] = kLocales[at % 4];
    const Ask ask = asking(id, {{"X-PCSim-Error", std::string{row.name}}, {"X-Locale", name}});
    expect_error(clients.at(operation(id).surface), ask, error, locale);
  }
}

TEST_F(Triggers, TextsHaveNoEmptyPlace) {
  const Client client = partner(universe);
  for (std::size_t at = 0; at < error_count(); ++at) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(at));
    if (row.surface != "PartnerCenter" || row.text_en.find("{0}") == std::string_view::npos) {
      continue;
    }
    const Answer answer =
        client.send(asking(ListCustomers, {{"X-PCSim-Error", std::string{row.name}}}));
    for (const char* gap : {"''", "  ", " .", "({0}", "{1}"}) {
      if (row.text_en.find(gap) == std::string_view::npos) {
        EXPECT_EQ(answer.body.find(gap), std::string::npos) << answer.body;
      }
    }
  }
}

TEST_F(Triggers, WithoutATokenAndInAnyLetterCase) {
  expect_error(anonymous(universe), asking(ListCustomers, {{"x-pcsim-error", "ordernotfound"}}),
               ErrorCode::OrderNotFound, Locale::English);
}

TEST_F(Triggers, ByCodeInTheCorrelationId) {
  std::map<std::string, std::vector<ErrorCode>> codes;
  for (std::size_t at = 0; at < error_count(); ++at) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(at));
    if (row.surface == "PartnerCenter" && !row.code.empty()) {
      codes[std::string{row.code}].push_back(static_cast<ErrorCode>(at));
    }
  }
  codes["999999"] = {};
  const Client client = partner(universe);
  for (const auto& [code, errors] : codes) {
    const std::string id = "75000000-0000-0000-0000-" + std::string(12 - code.size(), '0') + code;
    const ErrorCode expected = errors.size() == 1 ? errors.front()
                               : errors.empty()   ? ErrorCode::UnknownErrorTrigger
                                                  : ErrorCode::AmbiguousErrorTrigger;
    expect_error(client, asking(ListCustomers, {{"MS-CorrelationId", id}}), expected,
                 Locale::English);
  }
  client.ok(asking(ListCustomers, {{"MS-CorrelationId", "75000000-0000-0000-0000-0000008000aa"}}));
}

TEST_F(Triggers, WhatCannotBeHadIsSaid) {
  const Client client = partner(universe);
  expect_error(client, asking(ListCustomers, {{"X-PCSim-Error", "NoSuchError"}}),
               ErrorCode::UnknownErrorTrigger, Locale::English);
  for (const char* name : {"ArmForbidden", "AadAppNotFound", "CartQuotaNotAvailable"}) {
    expect_error(client, asking(ListCustomers, {{"X-PCSim-Error", name}}),
                 ErrorCode::ErrorTriggerElsewhere, Locale::English);
  }
}

TEST_F(Triggers, ChangeNothingAndAreNoted) {
  const Client client = partner(universe);
  const json before = client.ok({.operation = ListCustomers});
  expect_error(client,
               {.operation = CreateCustomer,
                .body = new_customer("FR").dump(),
                .headers = {{"X-PCSim-Error", "Conflict"}}},
               ErrorCode::Conflict, Locale::English);
  const json last = universe.exchanges().back();
  EXPECT_EQ(last.at("note"), "asked for with X-PCSim-Error: Conflict");
  EXPECT_EQ(last.at("outcome"), "Conflict");
  EXPECT_EQ(client.ok({.operation = ListCustomers}), before);
}

TEST_F(Triggers, CartErrorsComeOnALine) {
  const Client client = partner(universe);
  const std::string owner = create_customer(client, "FR");
  const Path customer = customer_path(owner);
  const std::string body = cart_of(kAzurePlan).dump();
  const std::string kept =
      client.ok({.operation = CreateCart, .path = customer, .body = body}).value("id", "");
  const Path cart{{"customerId", owner}, {"cartId", kept}};
  const json before = client.ok({.operation = GetCart, .path = cart});
  for (std::size_t at = 0; at < error_count(); ++at) {
    const auto error = static_cast<ErrorCode>(at);
    const ErrorRow& row = error_row(error);
    if (!row.name.starts_with("Cart") || row.surface != "Cart") {
      continue;
    }
    const Fields headers{{"X-PCSim-Error", std::string{row.name}}, {"X-Locale", "fr-CA"}};
    json made;
    for (const Ask& ask : {Ask{.operation = CreateCart, .path = customer, .body = body},
                           Ask{.operation = UpdateCart, .path = cart, .body = body},
                           Ask{.operation = GetCart, .path = cart}}) {
      Ask with = ask;
      with.headers = headers;
      const Answer answer = client.send(with);
      const json shown = parse(answer);
      check_success(operation(ask.operation), answer, shown);
      const json line = shown.at("lineItems").at(0).value("error", json::object());
      check_carried(error, line.value("errorCode", json{}), line.value("errorDescription", ""),
                    Locale::French);
      made = ask.operation == CreateCart ? shown : made;
    }
    client.refused(
        {.operation = GetCart, .path = {{"customerId", owner}, {"cartId", made.value("id", "")}}},
        ErrorCode::CartNotFound);
  }
  EXPECT_EQ(client.ok({.operation = GetCart, .path = cart}), before);
}

TEST_F(Triggers, UpgradeErrorsComeWithTheOffers) {
  const Client client = partner(universe);
  const std::string id =
      buy_subscription(client, demo::kContoso, seats_of(kBaseOffer, 5, "monthly"));
  const Path path = subscription_path(demo::kContoso, id);
  const json before = client.ok({.operation = ListUpgrades, .path = path});
  for (std::size_t at = 0; at < error_count(); ++at) {
    const auto error = static_cast<ErrorCode>(at);
    const ErrorRow& row = error_row(error);
    if (row.surface != "Cart" || !row.name.starts_with("Upgrade")) {
      continue;
    }
    const Fields headers{{"X-PCSim-Error", std::string{row.name}}, {"X-Locale", "fr-FR"}};
    const Ask list{.operation = ListUpgrades, .path = path, .headers = headers};
    const Ask move{.operation = CreateUpgrade,
                   .path = path,
                   .body = before.at("items").at(0).dump(),
                   .headers = headers};
    for (const Ask& ask : {list, move}) {
      const Answer answer = client.send(ask);
      const json shown = parse(answer);
      check_success(operation(ask.operation), answer, shown);
      const json& carrier = shown.contains("items") ? shown.at("items").at(0) : shown;
      const json& carried = carrier.at("upgradeErrors").at(0);
      check_carried(error, carried.at("code"), carried.at("description"), Locale::French);
    }
  }
  EXPECT_EQ(client.ok({.operation = ListUpgrades, .path = path}), before);
}

TEST_F(Triggers, TransferErrorsComeWithTheAcceptance) {
  const std::string id = "e1000001-0000-4000-8000-000000000001";
  ASSERT_EQ(
      universe.act("customer-subscribes-elsewhere", json{{"customerId", demo::kContoso},
                                                         {"azureSubscriptionId", id},
                                                         {"billedBy", "tailspin.onmicrosoft.com"}}
                                                        .dump()),
      200);
  const json transfer = partner(universe).ok(
      {.operation = CreateTransfer,
       .path = customer_path(demo::kContoso),
       .body = json{{"sourcePartnerEmailId", "sales@tailspin.onmicrosoft.com"}}.dump()});
  const Path path{{"customerId", demo::kContoso}, {"transferId", transfer.at("id")}};
  const Client source = partner(universe, Who::OtherPartner);
  for (const ErrorCode error :
       {ErrorCode::TransferPartnerTokenMissing, ErrorCode::TransferSubscriptionSyncNotComplete}) {
    const ErrorRow& row = error_row(error);
    const Ask accept{.operation = AcceptTransfer,
                     .path = path,
                     .headers = {{"X-PCSim-Error", std::string{row.name}}}};
    const Answer answer = source.send(accept);
    const json shown = parse(answer);
    check_success(operation(AcceptTransfer), answer, shown);
    const json& carried = shown.at("transferErrors").at(0);
    EXPECT_EQ(carried.at("code").dump(), row.code);
    EXPECT_TRUE(fits_template(carried.at("description").get<std::string>(), row.text_en));
  }
  EXPECT_EQ(source.ok({.operation = GetTransfer, .path = path}), transfer) << "nothing happened";
}

TEST(ErrorTables, FrenchTextsHoldTheSamePlaceholders) {
  for (std::size_t at = 0; at < error_count(); ++at) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(at));
    EXPECT_FALSE(row.text_fr.empty()) << row.name;
    for (char digit = '0'; digit <= '9'; ++digit) {
      const std::string place{'{', digit, '}'};
      EXPECT_EQ(row.text_en.find(place) == std::string_view::npos,
                row.text_fr.find(place) == std::string_view::npos)
          << row.name << " " << place;
    }
  }
}

}  // namespace
}  // namespace pcsim::contract
