#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Audit : public Contract {};

std::string filter(const std::string& field, const std::string& value, const std::string& op) {
  return "filter=" + encode(json{{"Field", field}, {"Value", value}, {"Operator", op}}.dump());
}

TEST_F(Audit, WritesAreRecordedAndFound) {
  const Client client = partner(universe);
  const json before = client.ok({.operation = ListAuditRecords});
  const std::string customer = create_customer(client, "FR");
  accept_agreement(client, customer);
  buy_plan(client, customer);
  const json after = client.ok({.operation = ListAuditRecords});
  EXPECT_EQ(after.at("items").size(), before.at("items").size() + 3);
  const json& order = after.at("items").at(0);
  EXPECT_EQ(order.at("operationType"), "create_order") << "newest first";
  const json placed = json::parse(order.at("resourceNewValue").get<std::string>());
  EXPECT_EQ(placed.at("LineItems").at(0).at("OfferId"), kAzurePlan);
  const auto count = [&](const std::string& query) {
    return client.ok({.operation = ListAuditRecords, .query = query}).at("totalCount").get<int>();
  };
  EXPECT_EQ(count(filter("ResourceType", "Order", "equals")), 1);
  EXPECT_EQ(count(filter("CustomerId", customer, "equals")), 3);
  EXPECT_EQ(count(filter("CompanyName", "MOULIN", "substring")), 3);
  EXPECT_EQ(count("size=1"), 1);
}

TEST_F(Audit, PeriodsAndFiltersThatAreRefused) {
  const Client client = partner(universe);
  for (const std::string& query :
       {std::string{"startDate=yesterday"}, std::string{"endDate=tomorrow"},
        std::string{"startDate=2000-01-01"}, filter("CompanyName", "x", "equals"),
        filter("Nothing", "x", "equals"), std::string{"filter=nonsense"}}) {
    client.refused({.operation = ListAuditRecords, .query = query}, ErrorCode::InvalidRequestInput);
  }
}

TEST_F(Audit, ValuesShowTheResourceBeforeAndAfter) {
  const Client client = partner(universe);
  const Path path = customer_path(demo::kContoso);
  json profile = client.ok({.operation = GetBillingProfile, .path = path});
  const std::string name = profile.at("companyName").get<std::string>();
  profile["companyName"] = "Contoso SA";
  client.ok({.operation = UpdateBillingProfile, .path = path, .body = profile.dump()});
  const json record = client.ok({.operation = ListAuditRecords}).at("items").at(0);
  const std::string id = record.at("id").get<std::string>();
  EXPECT_TRUE(id.starts_with(std::string{demo::kFabrikam} + "_" + demo::kContoso +
                             "_updatecustomerbillingprofile_"))
      << id;
  const json before = json::parse(record.at("resourceOldValue").get<std::string>());
  const json after = json::parse(record.at("resourceNewValue").get<std::string>());
  EXPECT_EQ(before.at("CompanyName"), name);
  EXPECT_EQ(after.at("CompanyName"), "Contoso SA");
  EXPECT_TRUE(after.at("DefaultAddress").at("Region").is_null());
}

TEST_F(Audit, RecordsStayForTheirPeriod) {
  create_customer(partner(universe), "FR");
  universe.advance(31 * 86'400);
  EXPECT_EQ(partner(universe).ok({.operation = ListAuditRecords}).at("totalCount"), 0)
      << "thirty days are shown unless asked otherwise";
}

TEST_F(Audit, RecordsAreReadById) {
  const Client client = partner(universe);
  create_customer(client, "FR");
  const json record = client.ok({.operation = ListAuditRecords}).at("items").at(0);
  const Path path{{"auditId", record.at("id").get<std::string>()}};
  EXPECT_EQ(client.ok({.operation = GetAuditRecord, .path = path}), record);
  EXPECT_EQ(client.ok({.operation = GetAuditActivity, .path = path}), record);
  const Client other = partner(universe, Who::OtherPartner);
  other.refused({.operation = GetAuditRecord, .path = path}, ErrorCode::ResourceNotFound);
  other.refused({.operation = GetAuditActivity, .path = path}, ErrorCode::ResourceNotFound);
}

TEST_F(Audit, PeriodsLookBackNinetyDays) {
  const Client client = partner(universe);
  create_customer(client, "FR");
  const json record = client.ok({.operation = ListAuditRecords}).at("items").at(0);
  const std::string day = record.at("operationDate").get<std::string>().substr(0, 10);
  universe.advance(40LL * 86'400);
  const Client later = partner(universe);
  EXPECT_EQ(later.ok({.operation = ListAuditRecords}).at("totalCount"), 0);
  const Ask from{.operation = ListAuditRecords, .query = "startDate=" + day};
  EXPECT_GE(later.ok(from).at("totalCount"), 1);
  universe.advance(60LL * 86'400);
  partner(universe).refused(from, ErrorCode::InvalidRequestInput);
  partner(universe).refused(
      {.operation = GetAuditRecord, .path = {{"auditId", record.at("id").get<std::string>()}}},
      ErrorCode::ResourceNotFound);
}

TEST(AuditSwitches, LongPeriodsMayBeRefused) {
  Universe universe{{{"audit-window", "thirty-days"}}};
  const Client client = partner(universe);
  const json record = [&] {
    create_customer(client, "FR");
    return client.ok({.operation = ListAuditRecords}).at("items").at(0);
  }();
  const std::string today = record.at("operationDate").get<std::string>().substr(0, 10);
  client.ok({.operation = ListAuditRecords, .query = "startDate=" + today + "&endDate=" + today});
  universe.advance(80LL * 86'400);
  const Client later = partner(universe);
  create_customer(later, "FR");
  const json newest = later.ok({.operation = ListAuditRecords}).at("items").at(0);
  const std::string then = newest.at("operationDate").get<std::string>().substr(0, 10);
  later.refused({.operation = ListAuditRecords, .query = "startDate=" + today + "&endDate=" + then},
                ErrorCode::InvalidRequestInput);
}

}  // namespace
}  // namespace pcsim::contract
