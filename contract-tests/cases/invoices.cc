// What a partner is charged for its customers' reservations, and what its own country adds.
#include <cmath>
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr long long kFortyDays = 40LL * 86'400;
constexpr const char* kLines = "provider=onetime&invoicelineitemtype=billinglineitems";

/// Whole hundredths, which sums of binary numbers do not keep.
long long cents(const json& amount) { return std::llround(amount.get<double>() * 100); }

class Invoices : public Contract {
 protected:
  std::string order(const Client& client, const std::string& customer, const std::string& plan,
                    int quantity = 1) {
    const std::string item = reservation_item(client).catalogue_item;
    return client
        .ok({.operation = CreateOrder,
             .path = customer_path(customer),
             .body = order_of(item, {plan}, quantity).dump()})
        .at("id")
        .get<std::string>();
  }

  /// The only line of the partner's only invoice.
  json only_line(const Client& client) {
    const json invoices = client.ok({.operation = ListInvoices});
    EXPECT_EQ(invoices.at("totalCount"), 1);
    const json lines = client.ok({.operation = ListInvoiceLines,
                                  .path = {{"invoiceId", invoices.at("items").at(0).at("id")}},
                                  .query = kLines});
    EXPECT_EQ(lines.at("totalCount"), 1);
    return lines.at("items").at(0);
  }
};

TEST_F(Invoices, AMonthsReservationsAreOnIt) {
  const std::string made = order(partner(universe), demo::kContoso, demo::kContosoPlan, 3);
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  const std::string bought = purchase(azure(universe, Who::Alice), demo::kContosoAzure);
  EXPECT_EQ(partner(universe).ok({.operation = ListInvoices}).at("totalCount"), 0)
      << "the month is not over";
  universe.advance(kFortyDays);
  const Client client = partner(universe);
  const json list = client.ok({.operation = ListInvoices});
  ASSERT_EQ(list.at("totalCount"), 1);
  const json& first = list.at("items").at(0);
  EXPECT_EQ(first.at("currencyCode"), "EUR");
  EXPECT_EQ(client.ok({.operation = GetInvoice, .path = {{"invoiceId", first.at("id")}}}), first);
  const std::string id = "OneTime-" + first.at("id").get<std::string>();
  const json lines = client.ok(
      {.operation = ListInvoiceLinesOfType,
       .path = {{"invoiceId", id}, {"provider", "OneTime"}, {"lineItemType", "BillingLineItems"}}});
  ASSERT_EQ(lines.at("totalCount"), 3);
  long long total = 0;
  bool own = false;
  bool by_customer = false;
  for (const json& line : lines.at("items")) {
    total += cents(line.at("totalForCustomer"));
    EXPECT_EQ(cents(line.at("totalForCustomer")),
              cents(line.at("subtotal")) + cents(line.at("taxTotal")));
    EXPECT_EQ(cents(line.at("subtotal")),
              cents(line.at("unitPrice")) * line.at("quantity").get<long long>());
    EXPECT_TRUE(line.contains("reservationOrderId"));
    own = own || line.at("orderId") == made;
    by_customer = by_customer || line.at("reservationOrderId") == bought;
  }
  EXPECT_TRUE(own);
  EXPECT_TRUE(by_customer) << "the customer's purchase is charged to the partner";
  EXPECT_EQ(cents(first.at("totalCharges")), total);
}

TEST_F(Invoices, LinesComeInPages) {
  for (int count = 0; count < 3; ++count) {
    order(partner(universe), demo::kContoso, demo::kContosoPlan);
  }
  universe.advance(kFortyDays);
  const Client client = partner(universe);
  const Path path{{"invoiceId", client.ok({.operation = ListInvoices}).at("items").at(0).at("id")}};
  const std::string query = std::string{kLines} + "&size=2";
  const json page = client.ok({.operation = ListInvoiceLines, .path = path, .query = query});
  EXPECT_EQ(page.at("totalCount"), 2);
  const json& next = page.at("links").at("next");
  EXPECT_EQ(next.at("headers").at(0).at("key"), "MS-ContinuationToken");
  const json rest = client.ok(
      {.operation = ListInvoiceLines,
       .path = path,
       .query = query + "&seekOperation=Next",
       .headers = {{"MS-ContinuationToken", page.at("continuationToken").get<std::string>()}}});
  EXPECT_EQ(rest.at("totalCount"), 1);
  const auto count = [&](const std::string& asked) {
    return client.ok({.operation = ListInvoiceLines, .path = path, .query = asked})
        .at("totalCount");
  };
  EXPECT_EQ(count(std::string{kLines} + "&offset=1"), 2);
  EXPECT_EQ(count(std::string{kLines} + "&currencycode=USD"), 0);
  EXPECT_EQ(count("provider=onetime&invoicelineitemtype=usagelineitems"), 0);
  EXPECT_EQ(count("provider=office&invoicelineitemtype=billinglineitems"), 0);
  EXPECT_EQ(count("provider=all&invoicelineitemtype=billinglineitems"), 3);
}

TEST_F(Invoices, AReservationPaidByTheMonthIsOnEveryInvoice) {
  const Client alice = azure(universe, Who::Alice);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["billingPlan"] = "Monthly";
  const std::string id =
      alice.ok({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()})
          .at("properties")
          .at("reservationOrderId")
          .get<std::string>();
  alice.ok({.operation = ArmPurchaseReservation,
            .path = {{"orderId", id}},
            .query = kApiVersion,
            .body = body.dump()});
  universe.advance(3 * kFortyDays);
  const Client client = partner(universe);
  const json list = client.ok({.operation = ListInvoices});
  ASSERT_GE(list.at("totalCount"), 3);
  EXPECT_EQ(cents(list.at("items").at(0).at("paidAmount")), 0);
  EXPECT_EQ(list.at("items").back().at("paidAmount"), list.at("items").back().at("totalCharges"));
  const json paged = client.ok({.operation = ListInvoices, .query = "size=1&offset=1"});
  ASSERT_EQ(paged.at("totalCount"), 1);
  EXPECT_EQ(paged.at("items").at(0), list.at("items").at(1));
  const auto since = [&](const char* op) {
    const json filter{{"Field", "InvoiceDate"},
                      {"Operator", op},
                      {"Value", list.at("items").at(0).at("invoiceDate")}};
    return client.ok({.operation = ListInvoices, .query = "filter=" + encode(filter.dump())})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(since("equals"), 1);
  EXPECT_EQ(since("greater_than"), 0);
  EXPECT_EQ(since("greater_than_or_equals"), 1);
  EXPECT_EQ(since("less_than") + 1, list.at("totalCount"));
  EXPECT_EQ(since("less_than_or_equals"), list.at("totalCount"));
  EXPECT_EQ(since("not_equals") + 1, list.at("totalCount"));
  const json summary = client.ok({.operation = GetInvoiceSummary});
  EXPECT_EQ(summary.at("latestInvoiceDate"), list.at("items").at(0).at("invoiceDate"));
  EXPECT_EQ(summary.at("firstInvoiceCreationDate"), list.at("items").back().at("invoiceDate"));
  long long owed = 0;
  for (const json& invoice : list.at("items")) {
    owed += cents(invoice.at("totalCharges")) - cents(invoice.at("paidAmount"));
  }
  EXPECT_EQ(cents(summary.at("balanceAmount")), owed);
}

TEST_F(Invoices, TheTaxIsOfThePartnersCountryWhateverTheCustomers) {
  std::map<Who, json> lines;
  for (const Who who : {Who::Admin, Who::OtherPartner}) {
    const Client client = partner(universe, who);
    const ReadyCustomer customer = ready_customer(client, "FR");
    const std::string id = order(client, customer.id, customer.plan, 2);
    Path path = customer_path(customer.id);
    path["orderId"] = id;
    const json read =
        client.ok({.operation = GetOrder, .path = path, .query = "include_price=true"});
    universe.advance(kFortyDays);
    lines[who] = only_line(partner(universe, who));
    EXPECT_EQ(lines[who].at("unitPrice"), read.at("lineItems").at(0).at("pricing").at("price"));
  }
  const json& french = lines[Who::Admin];
  const json& brazilian = lines[Who::OtherPartner];
  EXPECT_EQ(french.at("subtotal"), brazilian.at("subtotal")) << "the same list price";
  EXPECT_EQ(cents(french.at("subtotal")), 2 * cents(french.at("unitPrice"))) << "tax is excluded";
  EXPECT_GT(cents(french.at("taxTotal")), 0);
  EXPECT_EQ(cents(brazilian.at("totalForCustomer")), 2 * cents(brazilian.at("unitPrice")))
      << "tax is included";
  EXPECT_GT(cents(brazilian.at("unitPrice")), cents(french.at("unitPrice")));
}

TEST_F(Invoices, APartnerWithoutInvoicesOwesNothing) {
  for (const Who who : {Who::OtherPartner, Who::GlobalAdmin}) {
    const Client client = partner(universe, who);
    const json summary = client.ok({.operation = GetInvoiceSummary});
    EXPECT_EQ(summary.at("balanceAmount"), 0.0);
    EXPECT_EQ(summary.at("currencyCode"), who == Who::OtherPartner ? "BRL" : "EUR");
    const json all = client.ok({.operation = ListInvoiceSummaries});
    EXPECT_EQ(all.at("totalCount"), 1);
  }
}

TEST_F(Invoices, EveryCurrencyHasABalance) {
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  const ReadyCustomer abroad = ready_customer(partner(universe), "US");
  order(partner(universe), abroad.id, abroad.plan);
  universe.advance(kFortyDays);
  const json all = partner(universe).ok({.operation = ListInvoiceSummaries});
  ASSERT_EQ(all.at("totalCount"), 2);
  EXPECT_EQ(all.at("items").at(0).at("currencyCode"), "EUR");
  EXPECT_EQ(all.at("items").at(1).at("currencyCode"), "USD");
}

TEST_F(Invoices, NotFound) {
  const Client client = partner(universe);
  const Path path{
      {"invoiceId", "G123456789"}, {"provider", "onetime"}, {"lineItemType", "billinglineitems"}};
  client.refused({.operation = GetInvoice, .path = path}, ErrorCode::ResourceNotFound);
  client.refused({.operation = ListInvoiceLines, .path = path, .query = kLines},
                 ErrorCode::ResourceNotFound);
  client.refused({.operation = ListInvoiceLinesOfType, .path = path}, ErrorCode::ResourceNotFound);
}

TEST_F(Invoices, WrongQuestions) {
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  universe.advance(kFortyDays);
  const Client client = partner(universe);
  for (const char* query :
       {"size=x", "filter=no",
        "filter=%7B%22Field%22%3A%22Id%22%2C%22Operator%22%3A%22equals%22%2C%22Value%22%3A%221%22%"
        "7D",
        "filter=%7B%22Field%22%3A%22InvoiceDate%22%2C%22Operator%22%3A%22equals%22%2C"
        "%22Value%22%3A%22soon%22%7D"}) {
    client.refused({.operation = ListInvoices, .query = query}, ErrorCode::InvalidRequestInput);
  }
  const json id = client.ok({.operation = ListInvoices}).at("items").at(0).at("id");
  for (const std::string& query :
       {std::string{}, std::string{"provider=onetime"},
        std::string{"provider=nobody&invoicelineitemtype=billinglineitems"},
        std::string{kLines} + "&size=x", std::string{kLines} + "&seekOperation=Sideways"}) {
    client.refused({.operation = ListInvoiceLines, .path = {{"invoiceId", id}}, .query = query},
                   ErrorCode::InvalidRequestInput);
  }
  client.refused({.operation = ListInvoiceLinesOfType,
                  .path = {{"invoiceId", id}, {"provider", "onetime"}, {"lineItemType", "cakes"}}},
                 ErrorCode::InvalidRequestInput);
}

TEST(InvoiceSwitches, PagingMayBeIgnored) {
  Universe universe{{{"invoice-paging", "ignored"}}};
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  client.ok({.operation = CreateOrder,
             .path = customer_path(demo::kContoso),
             .body = order_of(item, {demo::kContosoPlan}).dump()});
  universe.advance(kFortyDays);
  const json list = partner(universe).ok({.operation = ListInvoices, .query = "size=1&offset=5"});
  EXPECT_EQ(list.at("totalCount"), 1);
}

}  // namespace
}  // namespace pcsim::contract
