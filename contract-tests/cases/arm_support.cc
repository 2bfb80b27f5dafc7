// Support tickets: what they are about, their messages, and what comes of them.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kSupportVersion = "api-version=2024-04-01";
const std::string kContosoScope = std::string{"subscriptions/"} + demo::kContosoAzure;

class ArmSupport : public Contract {
 protected:
  Client alice = azure(universe, Who::Alice);

  static Ask asking(OperationId id, const std::string& ticket = {}, const json& body = {},
                    const std::string& scope = kContosoScope) {
    return {.operation = id,
            .path = {{"*scope", scope},
                     {"supportTicketName", ticket},
                     {"communicationName", "first"},
                     {"serviceName", demo::kBillingService},
                     {"classificationName", demo::kReturnClassification}},
            .query = kSupportVersion,
            .body = body.is_null() ? std::string{} : body.dump()};
  }

  /// Opens a ticket; its sixteen digits.
  std::string open(const std::string& name, const json& body) {
    alice.ok(asking(ArmPutSupportTicket, name, body));
    return alice.ok(asking(ArmGetSupportTicket, name)).at("properties").at("supportTicketId");
  }

  json messages(const std::string& ticket) {
    return alice.ok(asking(ArmListCommunications, ticket)).at("value");
  }

  int resolve(const std::string& ticket_id, json parameters = json::object()) {
    parameters["ticketId"] = ticket_id;
    return universe.act("resolve_ticket", parameters.dump());
  }
};

/// The last segment of an address, without its query.
std::string last_of(const std::string& address) {
  const std::size_t start = address.rfind('/') + 1;
  return address.substr(start, address.find('?') - start);
}

TEST_F(ArmSupport, ServicesAndClassifications) {
  EXPECT_EQ(alice.ok(asking(ArmListSupportServices)).at("value").size(), 3U);
  EXPECT_EQ(alice.ok(asking(ArmGetSupportService)).at("properties").at("displayName"), "Billing");
  const json topics = alice.ok(asking(ArmListProblemClassifications)).at("value");
  EXPECT_GE(topics.size(), 14U);
  EXPECT_EQ(alice.ok(asking(ArmGetProblemClassification)).at("name"), demo::kReturnClassification);
  Ask french = asking(ArmListProblemClassifications);
  french.headers.emplace_back("Accept-Language", "fr-FR");
  bool found = false;
  const json translated = alice.ok(french);
  for (const json& row : translated.at("value")) {
    found = found || row.at("properties").at("displayName") ==
                         "Gestion de la réservation / Échanges et remboursements";
  }
  EXPECT_TRUE(found);
  for (const OperationId id :
       {ArmGetSupportService, ArmListProblemClassifications, ArmGetProblemClassification}) {
    Ask unknown = asking(id);
    unknown.path["serviceName"] = demo::kNobody;
    alice.refused(unknown, ErrorCode::ArmResourceNotFound);
  }
  Ask elsewhere = asking(ArmGetProblemClassification);
  elsewhere.path["serviceName"] = demo::kQuotaService;
  alice.refused(elsewhere, ErrorCode::ArmResourceNotFound);
}

TEST_F(ArmSupport, ATicketFromOpenToClosed) {
  json body = new_ticket(demo::kInvoiceClassification);
  body["properties"]["technicalTicketDetails"] = {{"resourceId", "/subscriptions/x"}};
  body["properties"]["problemStartTime"] = "2024-01-01T10:00:00Z";
  Answer answer;
  alice.ok(asking(ArmPutSupportTicket, "bill", body), &answer);
  const std::string operation = last_of(answer.header("Azure-AsyncOperation"));
  EXPECT_EQ(operation, last_of(answer.header("Location")));
  Ask follow = asking(ArmGetSupportOperation);
  follow.path["operationId"] = operation;
  const json status = alice.ok(follow);
  EXPECT_EQ(status.at("status"), "Succeeded");
  follow.operation = ArmGetSupportResult;
  alice.ok(follow);
  const json ticket = alice.ok(asking(ArmGetSupportTicket, "bill")).at("properties");
  EXPECT_EQ(ticket.at("supportTicketId"), status.at("properties").at("supportTicketId"));
  EXPECT_EQ(ticket.at("severity"), "Minimal");
  EXPECT_EQ(ticket.at("status"), "Open");
  const json message{{"properties", {{"subject", "More"}, {"body", "See page 2"}}}};
  alice.ok(asking(ArmPutCommunication, "bill", message));
  EXPECT_EQ(
      alice.ok(asking(ArmGetCommunication, "bill")).at("properties").at("communicationDirection"),
      "inbound");
  EXPECT_EQ(messages("bill").size(), 1U);
  EXPECT_EQ(alice.ok(asking(ArmPatchSupportTicket, "bill", {{"severity", "Moderate"}}))
                .at("properties")
                .at("severity"),
            "Moderate");
  const json closed = alice.ok(asking(ArmPatchSupportTicket, "bill", {{"status", "closed"}}));
  EXPECT_EQ(closed.at("properties").at("status"), "Closed");
  alice.refused(asking(ArmPatchSupportTicket, "bill", {{"severity", "minimal"}}),
                ErrorCode::ArmSupportTicketClosed);
  alice.refused(asking(ArmPutCommunication, "bill", message), ErrorCode::ArmSupportTicketClosed);
}

TEST_F(ArmSupport, ListsAndTheirFilters) {
  open("one", new_ticket(demo::kInvoiceClassification));
  open("two", new_ticket(demo::kReturnClassification));
  const auto count = [&](const std::string& more) {
    Ask ask = asking(ArmListSupportTickets);
    ask.query += more;
    return alice.ok(ask).at("value").size();
  };
  EXPECT_EQ(count(""), 2U);
  EXPECT_EQ(count("&$top=1"), 1U);
  EXPECT_EQ(count("&$filter=" + encode("Status eq 'Open'")), 2U);
  EXPECT_EQ(count("&$filter=" + encode("Status eq 'Closed'")), 0U);
  EXPECT_EQ(count("&$filter=" + encode("CreatedDate ge 2100-01-01T00:00:00Z")), 0U);
  EXPECT_EQ(count("&$filter=" + encode("CreatedDate ge 2000-01-01T00:00:00Z and Status eq 'Open'")),
            2U);
  EXPECT_EQ(count("&$filter=" + encode(std::string{"ProblemClassificationId eq '"} +
                                       demo::kInvoiceClassification + "'")),
            1U);
  for (const OperationId id : {ArmListSupportTickets, ArmListCommunications}) {
    Ask ask = asking(id, "one");
    ask.query += "&$filter=" + encode("Colour eq 'red'");
    alice.refused(ask, ErrorCode::ArmInvalidFilter);
  }
  Ask ask = asking(ArmListCommunications, "two");
  ask.query += "&$filter=" + encode("CommunicationType eq 'phone'");
  EXPECT_EQ(alice.ok(ask).at("value").size(), 0U);
}

TEST_F(ArmSupport, NamesAndWhatIsNotThere) {
  const json good = new_ticket(demo::kInvoiceClassification);
  for (const char* name : {"12345", "tmp-x"}) {
    alice.refused(asking(ArmPutSupportTicket, name, good), ErrorCode::ArmSupportNameInvalid);
    const json check = alice.ok(asking(ArmCheckTicketName, {}, {{"name", name}, {"type", "t"}}));
    EXPECT_EQ(check.at("reason"), "Invalid");
  }
  const json one{{"name", "one"}, {"type", "Microsoft.Support/supportTickets"}};
  EXPECT_EQ(alice.ok(asking(ArmCheckTicketName, {}, one)).at("nameAvailable"), true);
  open("one", good);
  EXPECT_EQ(alice.ok(asking(ArmCheckTicketName, {}, one)).at("reason"), "AlreadyExists");
  alice.refused(asking(ArmPutSupportTicket, "one", good), ErrorCode::ArmSupportNameTaken);
  const json message{{"properties", {{"subject", "More"}, {"body", "See page 2"}}}};
  for (const Ask& ask :
       {asking(ArmGetSupportTicket, "none"),
        asking(ArmPatchSupportTicket, "none", {{"severity", "minimal"}}),
        asking(ArmPutCommunication, "none", message), asking(ArmGetCommunication, "none"),
        asking(ArmGetCommunication, "one"), asking(ArmListCommunications, "none")}) {
    alice.refused(ask, ErrorCode::ArmResourceNotFound);
  }
  for (const OperationId id : {ArmGetSupportOperation, ArmGetSupportResult}) {
    Ask ask = asking(id);
    ask.path["operationId"] = demo::kNobody;
    alice.refused(ask, ErrorCode::ArmResourceNotFound);
  }
  Ask numbered = asking(ArmPutCommunication, "one", message);
  numbered.path["communicationName"] = "123";
  alice.refused(numbered, ErrorCode::ArmSupportNameInvalid);
  alice.ok(asking(ArmPutCommunication, "one", message));
  alice.refused(asking(ArmPutCommunication, "one", message), ErrorCode::ArmSupportNameTaken);
}

TEST_F(ArmSupport, TicketsThatDoNotFit) {
  struct Row {
    const char *pointer, *value;
  };
  for (const Row& row : {Row{"/properties/serviceId", "x"},
                         Row{"/properties/problemClassificationId", demo::kCoresClassification},
                         Row{"/properties/severity", "mild"}, Row{"/properties/title", ""},
                         Row{"/properties/advancedDiagnosticConsent", "maybe"},
                         Row{"/properties/problemStartTime", "yesterday"},
                         Row{"/properties/contactDetails/country", "FR"},
                         Row{"/properties/contactDetails/preferredContactMethod", "phone"},
                         Row{"/properties/contactDetails/primaryEmailAddress", "alice"}}) {
    json body = new_ticket(demo::kInvoiceClassification);
    body[json::json_pointer{row.pointer}] = row.value;
    alice.refused(asking(ArmPutSupportTicket, "bad", body), ErrorCode::ArmInvalidRequestContent);
  }
  json body = new_ticket(demo::kCoresClassification);
  body["properties"].erase("quotaTicketDetails");
  alice.refused(asking(ArmPutSupportTicket, "bad", body), ErrorCode::ArmInvalidRequestContent);
  open("good", new_ticket(demo::kInvoiceClassification));
  for (const json& change : {json{{"severity", "mild"}}, json{{"status", "resolved"}},
                             json{{"contactDetails", {{"country", "FR"}}}}}) {
    alice.refused(asking(ArmPatchSupportTicket, "good", change),
                  ErrorCode::ArmInvalidRequestContent);
  }
}

TEST_F(ArmSupport, ARefundNeedsBothIds) {
  const std::string order = purchase(alice, demo::kContosoAzure);
  const Ask list{
      .operation = ArmListReservations, .path = {{"orderId", order}}, .query = kApiVersion};
  const auto reservation = [&] { return alice.ok(list).at("value").at(0); };
  const std::string id = reservation().at("name");
  const std::string short_id = id.substr(id.rfind('/') + 1);
  const std::string ticket =
      open("refund", new_ticket(demo::kReturnClassification, "Please refund order " + order));
  ASSERT_EQ(messages("refund").size(), 1U) << "support asks for what is missing";
  EXPECT_EQ(messages("refund").at(0).at("properties").at("communicationDirection"), "outbound");
  EXPECT_EQ(resolve(ticket), 409);
  alice.ok(asking(ArmPutCommunication, "refund",
                  {{"properties", {{"subject", "Ids"}, {"body", order + " and " + short_id}}}}));
  EXPECT_EQ(resolve(ticket, {{"quantity", "9"}}), 409);
  EXPECT_EQ(resolve(ticket), 200);
  EXPECT_EQ(resolve(ticket), 409) << "once";
  EXPECT_EQ(reservation().at("properties").at("provisioningState"), "Cancelled");
  EXPECT_EQ(alice.ok(asking(ArmGetSupportTicket, "refund")).at("properties").at("status"),
            "Closed");
  EXPECT_EQ(messages("refund").size(), 3U);
  const std::string other = purchase(alice, demo::kContosoAzure);
  const json bought = alice
                          .ok({.operation = ArmListReservations,
                               .path = {{"orderId", other}},
                               .query = kApiVersion})
                          .at("value")
                          .at(0);
  const std::string named = bought.at("id");
  const std::string exchange =
      open("exchange", new_ticket(demo::kReturnClassification, "Exchange " + named + " please"));
  EXPECT_EQ(messages("exchange").size(), 0U) << "both ids are there";
  EXPECT_EQ(resolve(exchange, {{"exchangeFor", "Standard_B2s"}}), 200);
}

TEST_F(ArmSupport, AQuotaTicketRaisesTheLimit) {
  const std::string ticket = open("cores", new_ticket(demo::kCoresClassification));
  EXPECT_EQ(resolve(ticket, {{"cores", "x"}}), 400);
  EXPECT_EQ(resolve(ticket), 200);
  EXPECT_EQ(resolve("0000000000000000"), 404);
  const std::string again = open("more", new_ticket(demo::kCoresClassification));
  EXPECT_EQ(resolve(again), 409) << "the limit is that high already";
}

TEST_F(ArmSupport, OfTheTenantAndOnBehalf) {
  const json body = new_ticket(demo::kInvoiceClassification);
  alice.ok(asking(ArmPutSupportTicket, "tenant", body, ""));
  EXPECT_EQ(alice.ok(asking(ArmListSupportTickets, {}, {}, "")).at("value").size(), 1U);
  EXPECT_EQ(alice.ok(asking(ArmListSupportTickets)).at("value").size(), 0U);
  azure(universe, Who::Bob)
      .refused(asking(ArmPutSupportTicket, "tenant2", body, ""), ErrorCode::ArmAuthorizationFailed);
  const Client agent{universe, universe.delegated_token(demo::kContoso, kArmResource)};
  Ask behalf = asking(ArmPutSupportTicket, "behalf", body);
  const std::string own = universe.token(Who::Admin, kArmResource);
  behalf.headers.emplace_back("x-ms-authorization-auxiliary", "Bearer " + own + ", Bearer " + own);
  agent.ok(behalf);
  EXPECT_EQ(alice.ok(asking(ArmGetSupportTicket, "behalf")).at("properties").at("supportPlanType"),
            "Partner");
  for (const std::string& header :
       {std::string{"Bearer nonsense"}, own,
        "Bearer " + universe.token(Who::Admin, kPartnerCenterResource),
        "Bearer " + own + ",Bearer " + own + ",Bearer " + own + ",Bearer " + own}) {
    Ask refused = asking(ArmPutSupportTicket, "refused", body);
    refused.headers.emplace_back("x-ms-authorization-auxiliary", header);
    agent.refused(refused, ErrorCode::ArmInvalidAuxiliaryToken);
  }
}

TEST_F(ArmSupport, AreLimited) {
  const json body = new_ticket(demo::kInvoiceClassification);
  for (int at = 0; at < 500; ++at) {
    alice.send(asking(ArmPutSupportTicket, "t" + std::to_string(at), body));
  }
  alice.refused(asking(ArmPutSupportTicket, "last", body), ErrorCode::ArmResourceLimitExceeded);
  Ask message = asking(ArmPutCommunication, "t0",
                       {{"properties", {{"subject", "More"}, {"body", "See page 2"}}}});
  for (int at = 0; at < 100; ++at) {
    message.path["communicationName"] = "m" + std::to_string(at);
    alice.send(message);
  }
  message.path["communicationName"] = "last";
  alice.refused(message, ErrorCode::ArmResourceLimitExceeded);
}

}  // namespace
}  // namespace pcsim::contract
