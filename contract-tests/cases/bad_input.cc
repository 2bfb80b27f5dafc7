// What no operation takes, generated from its declaration: bodies that break their schema in one
// place, ids that are none, methods a path does not have.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <set>

#include "cases/plausible.h"
#include "cases/story.h"
#include "contract/request_schemas.h"
#include "harness/checks.h"
#include "harness/sample.h"
#include "harness/schema_walk.h"
#include "pcsim/inventory.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

/// What the partner sees of the world the requests could have changed.
json seen_by(const Client& client) {
  json out;
  for (const OperationId list : {ListCustomers, ListOrders, ListSubscriptions, ListAgreements,
                                 ListSelfServePolicies, GetBillingProfile, ListAuditRecords}) {
    Ask ask{.operation = list, .path = customer_path(demo::kContoso)};
    if (list == ListSelfServePolicies) {
      ask.query = std::string{"entity_id="} + demo::kContoso;
    }
    out.push_back(client.ok(ask));
  }
  return out;
}

/// The words of an error that a person reads.
std::string text_of(const json& body) {
  return body.contains("error") && body.at("error").is_object()
             ? body.at("error").value("message", "")
             : body.value("description", "");
}

/// Values that some schema may refuse.
std::vector<json> wrong_values(const json& schema) {
  std::vector<json> out{json("wrong"),        json(17),   json(true), json::array(), json::object(),
                        json("no_such_word"), json("\t"), json(-1),   json(1.5)};
  if (schema.contains("maxLength")) {
    out.emplace_back(std::string(schema.at("maxLength").get<std::size_t>() + 1, 'x'));
  }
  return out;
}

struct BadBody {
  json body;
  Violation violation;
};

/// Bodies that differ from `good` in one place and break the schema there.
std::vector<BadBody> bad_bodies(const Operation& row, const json& good) {
  std::vector<BadBody> out;
  std::set<std::string> done;
  const auto add = [&](const json& body) {
    const auto violation = request_violation(row, body);
    if (violation && done.insert(violation->instance_pointer + violation->message).second) {
      out.push_back({body, *violation});
    }
  };
  each_judgement(root_of(std::string{row.request_schema}), good, "",
                 [&](const SchemaNode& node, const std::string& pointer) {
                   const json::json_pointer at{pointer};
                   for (const json& value : wrong_values(*node.schema)) {
                     json body = good;
                     body[at] = value;
                     add(body);
                   }
                   for (const std::string& member : required_members(node)) {
                     json body = good;
                     if (body[at].is_object()) {
                       body[at].erase(member);
                       add(body);
                     }
                   }
                 });
  return out;
}

class BadInput : public ::testing::TestWithParam<OperationId> {};

TEST_P(BadInput, NamesTheFieldAndChangesNothing) {
  const Operation& row = operation(GetParam());
  const auto good = sample_of(row);
  if (!good) {
    GTEST_SKIP() << "no conforming body could be made up from the schema";
  }
  Universe universe;
  const Client watcher = partner(universe);
  const json before = seen_by(watcher);
  const Client client = caller_of(universe, row);
  const auto bodies = bad_bodies(row, *good);
  EXPECT_GE(bodies.size(), 2U);
  const bool arm = row.surface == Surface::Arm;
  for (const BadBody& bad : bodies) {
    Ask ask = plausible(row);
    ask.body = bad.body.dump();
    const json body = client.refused(
        ask, arm ? ErrorCode::ArmInvalidRequestContent : ErrorCode::InvalidRequestInput);
    const std::string& place = bad.violation.instance_pointer;
    EXPECT_NE(text_of(body).find(place.empty() ? "#" : place), std::string::npos)
        << text_of(body) << " does not name " << place;
  }
  EXPECT_EQ(seen_by(watcher), before);
}

std::vector<OperationId> with_request_schema() {
  std::vector<OperationId> out;
  for (const Operation& row : operations()) {
    if (!row.request_schema.empty()) {
      out.push_back(row.id);
    }
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(Operations, BadInput, ::testing::ValuesIn(with_request_schema()),
                         [](const auto& given) {
                           return std::string{operation(given.param).name};
                         });

/// The ids in a path, without the customer's, whose errors follow from the row.
std::vector<std::string> ids_in(const Operation& row) {
  std::vector<std::string> out;
  for (const auto segment : split(row.path, '/')) {
    if (segment.ends_with("Id}") && segment != "{customerId}") {
      out.emplace_back(segment.substr(1, segment.size() - 2));
    }
  }
  return out;
}

TEST(BadPaths, AnIdThatIsNoneNamesNothing) {
  Universe universe;
  for (const Operation& row : operations()) {
    for (const std::string& id : ids_in(row)) {
      Ask ask = plausible(row);
      ask.path[id] = "no such id \xC3\xA9'\"<>{0}";
      const Answer answer = caller_of(universe, row).send(ask);
      if (row.surface == Surface::Arm && row.method == "DELETE" && answer.status == 204) {
        continue;  // the resource manager has nothing to delete
      }
      EXPECT_TRUE(answer.status == 400 || answer.status == 404 || answer.status == 403)
          << row.name << " " << id << ": " << answer.status << " " << answer.body;
      EXPECT_NE(text_of(parse(answer)), "") << row.name << ": " << answer.body;
    }
  }
}

/// Whether an operation other than by `method` of its own row could take the path.
bool taken(Surface surface, std::string_view method, std::string_view path) {
  const auto segments = split(path, '/');
  for (const Operation& row : operations()) {
    auto own = split(row.path, '/');
    auto given = segments;
    if (row.path.starts_with("/{*")) {  // what follows the scope decides
      own.erase(own.begin(), own.begin() + 2);
      given.erase(given.begin(), given.size() < own.size()
                                     ? given.end()
                                     : given.end() - static_cast<std::ptrdiff_t>(own.size()));
    }
    if (row.surface != surface || row.method != method || own.size() != given.size()) {
      continue;
    }
    if (std::equal(own.begin(), own.end(), given.begin(), [](auto left, auto right) {
          return left.starts_with("{") || equal_ignoring_case(left, right);
        })) {
      return true;
    }
  }
  return false;
}

bool is_documented(std::string_view method, std::string_view path) {
  const auto rows = inventory();
  return std::any_of(rows.begin(), rows.end(), [&](const InventoryRow& row) {
    if (row.method != method || !row.host.empty()) {
      return false;
    }
    const auto own = split(row.path, '/');
    const auto segments = split(path, '/');
    return own.size() == segments.size() &&
           std::equal(own.begin(), own.end(), segments.begin(), [](auto left, auto right) {
             return left.starts_with("{") || equal_ignoring_case(left, right);
           });
  });
}

TEST(BadPaths, OtherMethodsAreRefused) {
  Universe universe;
  for (const Operation& row : operations()) {
    if (row.surface == Surface::Entra) {
      continue;
    }
    const Ask ask = plausible(row);
    const std::string path = path_of(row, ask.path);
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      if (taken(row.surface, method, path)) {
        continue;
      }
      const std::string resource =
          row.surface == Surface::Arm ? kArmResource : kPartnerCenterResource;
      const Who who = row.surface == Surface::Arm ? Who::Alice : Who::Admin;
      const Answer answer =
          contract::send(method, universe.base_path() + path + "?" + ask.query,
                         {{"Authorization", "Bearer " + universe.token(who, resource)}}, "");
      const bool documented = row.surface == Surface::PartnerCenter && is_documented(method, path);
      SCOPED_TRACE(std::string{method} + " " + path);
      check_refusal(row.surface, false,
                    documented                    ? ErrorCode::OperationNotSimulated
                    : row.surface == Surface::Arm ? ErrorCode::ArmHttpMethodNotSupported
                                                  : ErrorCode::MethodNotAllowed,
                    answer, parse(answer));
    }
  }
}

}  // namespace
}  // namespace pcsim::contract
