// What a partner is charged for its customers' reservations, and what its own country adds.
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr long long kFortyDays = 40LL * 86'400;
constexpr const char* kLines = "provider=onetime&invoicelineitemtype=billinglineitems";

/// Whole hundredths, which sums of binary numbers do not keep.
long long cents(const json& amount) { return std::llround(amount.get<double>() * 100); }

/// A reservation that the customer pays by the month; its order at the resource manager.
std::string pay_by_the_month(Universe& universe) {
  const Client alice = azure(universe, Who::Alice);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["billingPlan"] = "Monthly";
  const json price =
      alice.ok({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()});
  const std::string id = price.at("properties").at("reservationOrderId").get<std::string>();
  alice.ok({.operation = ArmPurchaseReservation,
            .path = {{"orderId", id}},
            .query = kApiVersion,
            .body = body.dump()});
  return id;
}

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

  /// The latest invoice with a line of `order`, and its lines; null when there is none. The demo
  /// world's partner is charged for other things too.
  struct Found {
    json invoice{}, lines{};
  };
  Found invoice_of(const Client& client, const std::string& order) {
    const json list = client.ok({.operation = ListInvoices, .query = "size=8"});
    for (const json& invoice : list.at("items")) {
      const json lines = client.ok({.operation = ListInvoiceLines,
                                    .path = {{"invoiceId", invoice.at("id")}},
                                    .query = kLines});
      for (const json& line : lines.at("items")) {
        if (line.at("orderId") == order) {
          return {invoice, lines.at("items")};
        }
      }
    }
    return {};
  }

  json line_of(const Client& client, const std::string& order) {
    const Found found = invoice_of(client, order);
    for (const json& line : found.lines) {
      if (line.at("orderId") == order) {
        return line;
      }
    }
    ADD_FAILURE() << "no line of order " << order;
    return {};
  }
};

TEST_F(Invoices, AMonthsReservationsAreOnIt) {
  const std::string made = order(partner(universe), demo::kContoso, demo::kContosoPlan, 3);
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  const std::string bought = purchase(azure(universe, Who::Alice), demo::kContosoAzure);
  EXPECT_TRUE(invoice_of(partner(universe), made).lines.is_null()) << "the month is not over";
  universe.advance(kFortyDays);
  const Client client = partner(universe);
  const json first = invoice_of(client, made).invoice;
  ASSERT_TRUE(first.is_object());
  EXPECT_EQ(first.at("currencyCode"), "EUR");
  EXPECT_EQ(client.ok({.operation = GetInvoice, .path = {{"invoiceId", first.at("id")}}}), first);
  const std::string id = "OneTime-" + first.at("id").get<std::string>();
  const json lines = client.ok(
      {.operation = ListInvoiceLinesOfType,
       .path = {{"invoiceId", id}, {"provider", "OneTime"}, {"lineItemType", "BillingLineItems"}}});
  long long total = 0;
  int reservations = 0;
  bool by_customer = false;
  for (const json& line : lines.at("items")) {
    total += cents(line.at("totalForCustomer"));
    EXPECT_EQ(cents(line.at("totalForCustomer")),
              cents(line.at("subtotal")) + cents(line.at("taxTotal")));
    EXPECT_EQ(cents(line.at("subtotal")),
              cents(line.at("unitPrice")) * line.at("quantity").get<long long>());
    reservations += line.contains("reservationOrderId") ? 1 : 0;
    by_customer = by_customer || line.value("reservationOrderId", "") == bought;
  }
  EXPECT_EQ(reservations, 3);
  EXPECT_TRUE(by_customer) << "the customer's purchase is charged to the partner";
  EXPECT_EQ(cents(first.at("totalCharges")), total);
}

TEST_F(Invoices, ACancelledReservationIsGivenBack) {
  const Client seller = partner(universe, Who::Sandbox);
  const json bought =
      buy(seller, demo::kSandboxCustomer, order_of(kB1s, {owned(demo::kSandboxCustomer, 1)}));
  universe.advance(kFortyDays);
  const Client later = partner(universe, Who::Sandbox);
  const Found charged = invoice_of(later, bought.at("id"));
  ASSERT_TRUE(charged.invoice.is_object());
  const json charge = line_of(later, bought.at("id"));
  later.ok({.operation = UpdateOrder,
            .path = order_path(demo::kSandboxCustomer, bought.at("id")),
            .body = R"({"status":"cancelled"})"});
  EXPECT_EQ(invoice_of(later, bought.at("id")).invoice, charged.invoice)
      << "an invoice that is out does not change";
  universe.advance(kFortyDays);
  const Client last = partner(universe, Who::Sandbox);
  const Found given_back = invoice_of(last, bought.at("id"));
  EXPECT_NE(given_back.invoice.at("id"), charged.invoice.at("id"));
  const json credit = line_of(last, bought.at("id"));
  EXPECT_EQ(credit.at("chargeType"), "cancelImmediate");
  EXPECT_EQ(credit.at("quantity"), -1);
  EXPECT_EQ(credit.at("reservationOrderId"), charge.at("reservationOrderId"));
  EXPECT_LT(cents(credit.at("totalForCustomer")), 0);
  for (const char* amount : {"subtotal", "taxTotal", "totalForCustomer"}) {
    EXPECT_EQ(cents(credit.at(amount)), -cents(charge.at(amount))) << amount;
  }
  long long total = 0;
  for (const json& line : given_back.lines) {
    total += cents(line.at("totalForCustomer"));
  }
  EXPECT_EQ(cents(given_back.invoice.at("totalCharges")), total);
}

TEST_F(Invoices, LinesComeInPages) {
  const std::string made = order(partner(universe), demo::kContoso, demo::kContosoPlan);
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  universe.advance(kFortyDays);
  const Client client = partner(universe);
  const Found found = invoice_of(client, made);
  ASSERT_TRUE(found.invoice.is_object());
  const int all = static_cast<int>(found.lines.size());
  ASSERT_GE(all, 3);
  const Path path{{"invoiceId", found.invoice.at("id")}};
  const std::string query = std::string{kLines} + "&size=" + std::to_string(all - 1);
  const json page = client.ok({.operation = ListInvoiceLines, .path = path, .query = query});
  EXPECT_EQ(page.at("totalCount"), all - 1);
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
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(count(std::string{kLines} + "&offset=1"), all - 1);
  EXPECT_EQ(count(std::string{kLines} + "&currencycode=XXX"), 0);
  EXPECT_EQ(count("provider=onetime&invoicelineitemtype=usagelineitems"), 0);
  EXPECT_EQ(count("provider=office&invoicelineitemtype=billinglineitems"), 0);
  EXPECT_EQ(count("provider=all&invoicelineitemtype=billinglineitems"), all);
}

TEST_F(Invoices, AReservationPaidByTheMonthIsOnEveryInvoice) {
  const std::string id = pay_by_the_month(universe);
  universe.advance(3 * kFortyDays);
  const Client client = partner(universe);
  const json list = client.ok({.operation = ListInvoices});
  const json& items = list.at("items");
  ASSERT_GE(items.size(), 3U);
  EXPECT_EQ(cents(items.at(0).at("paidAmount")), 0);
  EXPECT_EQ(items.back().at("paidAmount"), items.back().at("totalCharges"));
  const json paged = client.ok({.operation = ListInvoices, .query = "size=1&offset=1"});
  ASSERT_EQ(paged.at("totalCount"), 1);
  EXPECT_EQ(paged.at("items").at(0), items.at(1));
  int parts = 0;
  for (const json& invoice : items) {
    if (invoice.at("paidAmount") != invoice.at("totalCharges") || parts > 0) {
      const json lines = client.ok({.operation = ListInvoiceLines,
                                    .path = {{"invoiceId", invoice.at("id")}},
                                    .query = kLines});
      for (const json& line : lines.at("items")) {
        parts += line.value("reservationOrderId", "") == id ? 1 : 0;
      }
    }
    if (parts >= 3) {
      break;
    }
  }
  EXPECT_GE(parts, 3);
}

TEST_F(Invoices, FiltersCompareTheDate) {
  pay_by_the_month(universe);
  universe.advance(5 * kFortyDays);
  const Client client = partner(universe);
  const json list = client.ok({.operation = ListInvoices});
  const json& items = list.at("items");
  ASSERT_GT(items.size(), 4U);
  const std::string date = items.at(items.size() / 2).at("invoiceDate");
  int same = 0;
  int later = 0;
  for (const json& invoice : items) {
    same += invoice.at("invoiceDate") == date ? 1 : 0;
    later += invoice.at("invoiceDate").get<std::string>() > date ? 1 : 0;
  }
  const int all = static_cast<int>(items.size());
  const auto found = [&](const char* op) {
    const json filter{{"Field", "InvoiceDate"}, {"Operator", op}, {"Value", date}};
    return client.ok({.operation = ListInvoices, .query = "filter=" + encode(filter.dump())})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(found("equals"), same);
  EXPECT_EQ(found("not_equals"), all - same);
  EXPECT_EQ(found("greater_than"), later);
  EXPECT_EQ(found("greater_than_or_equals"), later + same);
  EXPECT_EQ(found("less_than"), all - later - same);
  EXPECT_EQ(found("less_than_or_equals"), all - later);
}

TEST_F(Invoices, TheBalanceIsWhatIsNotPaid) {
  pay_by_the_month(universe);
  universe.advance(3 * kFortyDays);
  const Client client = partner(universe);
  const json summary = client.ok({.operation = GetInvoiceSummary});
  const json list = client.ok({.operation = ListInvoices});
  long long owed = 0;
  std::string first;
  std::string latest;
  for (const json& invoice : list.at("items")) {
    if (invoice.at("currencyCode") == summary.at("currencyCode")) {
      owed += cents(invoice.at("totalCharges")) - cents(invoice.at("paidAmount"));
      first = invoice.at("invoiceDate").get<std::string>();
      latest = latest.empty() ? first : latest;
    }
  }
  EXPECT_EQ(cents(summary.at("balanceAmount")), owed);
  EXPECT_EQ(summary.value("latestInvoiceDate", ""), latest);
  EXPECT_EQ(summary.value("firstInvoiceCreationDate", ""), first);
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
    lines[who] = line_of(partner(universe, who), id);
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
  const Client client = partner(universe, Who::OtherPartner);
  const json summary = client.ok({.operation = GetInvoiceSummary});
  EXPECT_EQ(summary.at("balanceAmount"), 0.0);
  EXPECT_EQ(summary.at("currencyCode"), "BRL");
  EXPECT_EQ(client.ok({.operation = ListInvoiceSummaries}).at("totalCount"), 1);
}

TEST_F(Invoices, EveryCurrencyHasABalance) {
  order(partner(universe), demo::kContoso, demo::kContosoPlan);
  const ReadyCustomer abroad = ready_customer(partner(universe), "US");
  order(partner(universe), abroad.id, abroad.plan);
  universe.advance(kFortyDays);
  const json all = partner(universe).ok({.operation = ListInvoiceSummaries});
  std::set<std::string> currencies;
  for (const json& one : all.at("items")) {
    EXPECT_TRUE(currencies.insert(one.at("currencyCode").get<std::string>()).second);
  }
  EXPECT_EQ(all.at("items").at(0).at("currencyCode"), "EUR") << "the partner's own comes first";
  EXPECT_TRUE(currencies.contains("USD"));
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
  pay_by_the_month(universe);
  universe.advance(3 * kFortyDays);
  const Client client = partner(universe);
  const json all = client.ok({.operation = ListInvoices});
  EXPECT_GT(all.at("totalCount"), 1);
  EXPECT_EQ(client.ok({.operation = ListInvoices, .query = "size=1&offset=5"}).at("totalCount"),
            all.at("totalCount"));
}

}  // namespace
}  // namespace pcsim::contract
