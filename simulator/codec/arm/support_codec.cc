#include "codec/arm/support_codec.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/arm/odata.h"
#include "codec/arm/subscription_codec.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::array kSeverities{"Minimal", "Moderate", "Critical", "HighestCriticalImpact"};
constexpr std::array kConsents{"Yes", "No"};
constexpr std::array kMethods{"email", "phone"};

Error invalid(const std::string& member) {
  return {ErrorCode::ArmInvalidRequestContent, {member}, {}};
}

/// The spelling of `word` among `words`; empty when it is none of them.
template <class Words>
std::string spelled(const std::string& word, const Words& words) {
  for (const char* known : words) {
    if (equal_ignoring_case(word, known)) {
      return known;
    }
  }
  return {};
}

std::string last_segment(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string service_path(std::string_view id) {
  return "/providers/Microsoft.Support/services/" + std::string{id};
}

std::string topic_path(std::string_view service, std::string_view topic) {
  return service_path(service) + "/problemClassifications/" + std::string{topic};
}

ordered_json shell(std::string id, const std::string& name, const char* type,
                   ordered_json properties) {
  ordered_json out{{"id", std::move(id)}, {"name", name}, {"type", type}};
  out["properties"] = std::move(properties);
  return out;
}

bool letters(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

/// Takes over what `given` says; members it does not name stay.
void fill_contact(const json& given, SupportContactDetails& contact) {
  for (const auto& [name, field] :
       {std::pair{"firstname", &contact.first_name}, std::pair{"lastname", &contact.last_name},
        std::pair{"preferredcontactmethod", &contact.method},
        std::pair{"primaryemailaddress", &contact.email},
        std::pair{"phonenumber", &contact.phone_number},
        std::pair{"preferredtimezone", &contact.time_zone}, std::pair{"country", &contact.country},
        std::pair{"preferredsupportlanguage", &contact.language}}) {
    if (given.contains(name)) {
      *field = member_text(given, name);
    }
  }
  contact.method = lower(contact.method);
  if (given.contains("additionalemailaddresses")) {
    contact.more_emails.clear();
    for (const json& address : given.at("additionalemailaddresses")) {
      contact.more_emails.push_back(address.get<std::string>());
    }
  }
}

Result<Done> check_contact(const SupportContactDetails& contact) {
  const std::array<std::pair<bool, const char*>, 6> problems{{
      {contact.first_name.empty(), "firstName"},
      {contact.last_name.empty(), "lastName"},
      {spelled(contact.method, kMethods).empty(), "preferredContactMethod"},
      {contact.email.find('@') == std::string::npos, "primaryEmailAddress"},
      {!letters(contact.country, 3), "country"},
      {contact.method == "phone" && contact.phone_number.empty(), "phoneNumber"},
  }};
  for (const auto& [broken, member] : problems) {
    if (broken) {
      return invalid(std::string{"properties.contactDetails."} + member);
    }
  }
  return Done{};
}

void read_quotas(const json& properties, SupportTicket& ticket) {
  const json details = properties.value("quotaticketdetails", json::object());
  ticket.quota_change_type = member_text(details, "quotachangerequestsubtype");
  ticket.quota_change_version = member_text(details, "quotachangerequestversion");
  for (const json& one : details.value("quotachangerequests", json::array())) {
    ticket.quotas.push_back({member_text(one, "region"), member_text(one, "payload")});
  }
}

ordered_json contact_json(const SupportContactDetails& contact) {
  ordered_json out{{"firstName", contact.first_name},
                   {"lastName", contact.last_name},
                   {"preferredContactMethod", contact.method},
                   {"primaryEmailAddress", contact.email}};
  if (!contact.more_emails.empty()) {
    out["additionalEmailAddresses"] = contact.more_emails;
  }
  if (!contact.phone_number.empty()) {
    out["phoneNumber"] = contact.phone_number;
  }
  out["preferredTimeZone"] = contact.time_zone;
  out["country"] = contact.country;
  out["preferredSupportLanguage"] = contact.language;
  return out;
}

/// What only some tickets have.
void add_details(const SupportTicket& ticket, ordered_json& out) {
  if (ticket.problem_started) {
    out["problemStartTime"] = to_iso(*ticket.problem_started);
  }
  if (!ticket.plan_id.empty()) {
    out["supportPlanId"] = ticket.plan_id;
  }
  if (!ticket.scoping_questions.empty()) {
    out["problemScopingQuestions"] = ticket.scoping_questions;
  }
  if (!ticket.resource_id.empty()) {
    out["technicalTicketDetails"] = ordered_json{{"resourceId", ticket.resource_id}};
  }
  if (ticket.quotas.empty()) {
    return;
  }
  ordered_json quota;
  if (!ticket.quota_change_type.empty()) {
    quota["quotaChangeRequestSubType"] = ticket.quota_change_type;
  }
  if (!ticket.quota_change_version.empty()) {
    quota["quotaChangeRequestVersion"] = ticket.quota_change_version;
  }
  quota["quotaChangeRequests"] = ordered_json::array();
  for (const QuotaRequest& one : ticket.quotas) {
    quota["quotaChangeRequests"].push_back(
        ordered_json{{"region", one.region}, {"payload", one.payload}});
  }
  out["quotaTicketDetails"] = std::move(quota);
}

bool compares(Instant left, const std::string& op, Instant right) {
  return op == "ge"   ? left >= right
         : op == "gt" ? left > right
         : op == "le" ? left <= right
         : op == "lt" ? left < right
                      : left == right;
}

/// Whether a condition on `createddate` holds; nothing when it is no such condition.
std::optional<bool> created_as_asked(const Condition& condition, Instant created) {
  constexpr std::array kOperators{"ge", "gt", "le", "lt", "eq"};
  const auto asked = parse_instant(condition.value);
  if (condition.field != "createddate" || !asked || spelled(condition.op, kOperators).empty()) {
    return std::nullopt;
  }
  return compares(created, condition.op, *asked);
}

}  // namespace

std::string ticket_path(const SupportTicket& ticket) {
  return (ticket.subscription_id.empty() ? std::string{}
                                         : "/subscriptions/" + ticket.subscription_id) +
         "/providers/Microsoft.Support/supportTickets/" + ticket.name;
}

ordered_json support_service_json(const SupportService& service, bool french) {
  ordered_json properties{{"displayName", french ? service.name_fr : service.name_en}};
  properties["resourceTypes"] = service.resource_types;
  return shell(service_path(service.id), service.id, "Microsoft.Support/services",
               std::move(properties));
}

ordered_json support_topic_json(const SupportService& service, const SupportTopic& topic,
                                bool french) {
  return shell(topic_path(service.id, topic.id), topic.id,
               "Microsoft.Support/problemClassifications",
               ordered_json{{"displayName", french ? topic.name_fr : topic.name_en}});
}

ordered_json ticket_json(const TicketView& view) {
  const SupportTicket& ticket = *view.ticket;
  const SupportService* service = view.catalogue->service(ticket.service_id);
  const SupportTopic* topic = view.catalogue->topic(ticket.classification_id);
  const auto name_of = [&](const auto* row) {
    return row == nullptr ? std::string{"-"} : view.french ? row->name_fr : row->name_en;
  };
  const int minutes = sla_minutes(ticket.severity);
  ordered_json out{
      {"supportTicketId", ticket.ticket_id},
      {"description", ticket.description},
      {"problemClassificationId", topic_path(ticket.service_id, ticket.classification_id)},
      {"problemClassificationDisplayName", name_of(topic)},
      {"serviceId", service_path(ticket.service_id)},
      {"serviceDisplayName", name_of(service)},
      {"severity", ticket.severity},
      {"advancedDiagnosticConsent", ticket.diagnostic_consent},
      {"require24X7Response", ticket.all_day},
      {"enrollmentId", ticket.enrollment_id}};
  out["contactDetails"] = contact_json(ticket.contact);
  out["serviceLevelAgreement"] =
      ordered_json{{"startTime", to_iso(ticket.created)},
                   {"expirationTime", to_iso(ticket.created + minutes * 60 * kSecond)},
                   {"slaMinutes", minutes}};
  out["supportEngineer"] = ordered_json::object();
  out["supportPlanType"] = ticket.on_behalf ? "Partner" : "Basic support";
  out["supportPlanDisplayName"] = ticket.on_behalf ? "Partner support" : "Basic support";
  out["title"] = ticket.title;
  out["status"] = ticket_status(ticket, view.now, view.delay);
  out["createdDate"] = to_iso(ticket.created);
  out["modifiedDate"] = to_iso(ticket.modified);
  out["fileWorkspaceName"] = ticket.ticket_id;
  out["isTemporaryTicket"] = "No";
  add_details(ticket, out);
  return shell(ticket_path(ticket), ticket.name, "Microsoft.Support/supportTickets",
               std::move(out));
}

ordered_json communication_json(const SupportTicket& ticket, const SupportCommunication& message) {
  return shell(ticket_path(ticket) + "/communications/" + message.name, message.name,
               "Microsoft.Support/communications",
               ordered_json{{"communicationType", lower(message.type)},
                            {"communicationDirection", message.inbound ? "inbound" : "outbound"},
                            {"sender", message.sender},
                            {"subject", message.subject},
                            {"body", message.body},
                            {"createdDate", to_iso(message.created)}});
}

Result<SupportTicket> parse_ticket(const json& body, const SupportCatalogue& catalogue,
                                   bool consent_asked) {
  const json properties = body.value("properties", json::object());
  SupportTicket ticket;
  ticket.service_id = lower(last_segment(member_text(properties, "serviceid")));
  ticket.classification_id =
      lower(last_segment(member_text(properties, "problemclassificationid")));
  ticket.title = member_text(properties, "title");
  ticket.description = member_text(properties, "description");
  ticket.severity = spelled(member_text(properties, "severity"), kSeverities);
  const bool unsaid = !properties.contains("advanceddiagnosticconsent") && !consent_asked;
  ticket.diagnostic_consent =
      unsaid ? "No" : spelled(member_text(properties, "advanceddiagnosticconsent"), kConsents);
  ticket.scoping_questions = member_text(properties, "problemscopingquestions");
  ticket.enrollment_id = member_text(properties, "enrollmentid");
  ticket.plan_id = member_text(properties, "supportplanid");
  ticket.all_day = properties.value("require24x7response", false);
  ticket.resource_id =
      member_text(properties.value("technicalticketdetails", json::object()), "resourceid");
  read_quotas(properties, ticket);
  fill_contact(properties.value("contactdetails", json::object()), ticket.contact);
  const std::string started = member_text(properties, "problemstarttime");
  ticket.problem_started = parse_instant(started);
  const SupportTopic* topic = catalogue.topic(ticket.classification_id, ticket.service_id);
  const bool quota = topic != nullptr && topic->purpose == TicketPurpose::Quota;
  const std::array<std::pair<bool, const char*>, 8> problems{{
      {catalogue.service(ticket.service_id) == nullptr, "serviceId"},
      {topic == nullptr, "problemClassificationId"},
      {ticket.title.empty(), "title"},
      {ticket.description.empty(), "description"},
      {ticket.severity.empty(), "severity"},
      {ticket.diagnostic_consent.empty(), "advancedDiagnosticConsent"},
      {!started.empty() && !ticket.problem_started, "problemStartTime"},
      {quota && !wanted_limit(ticket), "quotaTicketDetails"},
  }};
  for (const auto& [broken, member] : problems) {
    if (broken) {
      return invalid(std::string{"properties."} + member);
    }
  }
  PCSIM_TRY(contact, check_contact(ticket.contact));
  static_cast<void>(contact);
  return ticket;
}

Result<SupportTicket> patched_ticket(const json& body, SupportTicket ticket) {
  if (body.contains("severity")) {
    ticket.severity = spelled(member_text(body, "severity"), kSeverities);
  }
  if (body.contains("advanceddiagnosticconsent")) {
    ticket.diagnostic_consent = spelled(member_text(body, "advanceddiagnosticconsent"), kConsents);
  }
  constexpr std::array kStatuses{"open", "closed"};
  const std::string status = spelled(member_text(body, "status"), kStatuses);
  const std::array<std::pair<bool, const char*>, 3> problems{{
      {ticket.severity.empty(), "severity"},
      {ticket.diagnostic_consent.empty(), "advancedDiagnosticConsent"},
      {body.contains("status") && status.empty(), "status"},
  }};
  for (const auto& [broken, member] : problems) {
    if (broken) {
      return invalid(member);
    }
  }
  if (status == "closed") {
    ticket.outcome = TicketOutcome::Closed;
  }
  fill_contact(body.value("contactdetails", json::object()), ticket.contact);
  PCSIM_TRY(contact, check_contact(ticket.contact));
  static_cast<void>(contact);
  return ticket;
}

SupportCommunication parse_communication(const json& body) {
  const json properties = body.value("properties", json::object());
  SupportCommunication message;
  message.subject = member_text(properties, "subject");
  message.body = member_text(properties, "body");
  message.sender = member_text(properties, "sender");
  return message;
}

std::optional<std::int64_t> wanted_limit(const SupportTicket& ticket) {
  std::optional<std::int64_t> out;
  for (const QuotaRequest& request : ticket.quotas) {
    json payload = json::parse(request.payload, nullptr, false);
    if (!payload.is_object()) {
      payload = json::object();
    }
    for (const auto& [name, value] : payload.items()) {
      if (equal_ignoring_case(name, "NewLimit") && value.is_number_integer()) {
        out = std::max(out.value_or(0), value.get<std::int64_t>());
      }
    }
  }
  return out;
}

Result<bool> meets_ticket_filter(const std::string& filter, const TicketView& view) {
  bool all = true;
  for (const std::string& text : filter_conditions(filter)) {
    const Condition condition = parse_condition(text);
    if (const auto created = created_as_asked(condition, view.ticket->created)) {
      all = all && *created;
      continue;
    }
    const std::array<std::pair<std::string_view, std::string>, 3> fields{{
        {"status", std::string{ticket_status(*view.ticket, view.now, view.delay)}},
        {"serviceid", view.ticket->service_id},
        {"problemclassificationid", view.ticket->classification_id},
    }};
    const auto* field = std::find_if(fields.begin(), fields.end(),
                                     [&](const auto& one) { return one.first == condition.field; });
    if (field == fields.end() || condition.op != "eq") {
      return Error{ErrorCode::ArmInvalidFilter, {filter}, {}};
    }
    all = all && equal_ignoring_case(last_segment(condition.value), field->second);
  }
  return all;
}

Result<bool> meets_message_filter(const std::string& filter, const SupportCommunication& message) {
  bool all = true;
  for (const std::string& text : filter_conditions(filter)) {
    const Condition condition = parse_condition(text);
    if (const auto created = created_as_asked(condition, message.created)) {
      all = all && *created;
      continue;
    }
    if (condition.field != "communicationtype" || condition.op != "eq") {
      return Error{ErrorCode::ArmInvalidFilter, {filter}, {}};
    }
    all = all && equal_ignoring_case(condition.value, message.type);
  }
  return all;
}

}  // namespace pcsim
