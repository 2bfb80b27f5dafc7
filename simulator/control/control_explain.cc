#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "codec/time.h"
#include "control/control_call.h"
#include "control/control_json.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

/// What would have made requests succeed that no rule table decided.
struct Remedy {
  ErrorCode error;
  std::string_view sentence;
};

constexpr std::array kRemedies{
    Remedy{ErrorCode::AccessDenied,
           "Send Authorization: Bearer with a token that this universe issued for this host and "
           "that has not expired on its clock."},
    Remedy{ErrorCode::PartnerTokenMissing,
           "Send Authorization: Bearer with a token for https://api.partnercenter.microsoft.com."},
    Remedy{ErrorCode::RoleNotAllowed,
           "Sign in as a user who has one of the roles that the operation lists."},
    Remedy{ErrorCode::AppOnlyNotSupported,
           "Use a token of a user (App+User), not of an application."},
    Remedy{ErrorCode::NotFound, "Check the path: no operation has it."},
    Remedy{ErrorCode::MethodNotAllowed, "The path exists; use one of its methods."},
    Remedy{ErrorCode::ArmHttpMethodNotSupported, "The path exists; use one of its methods."},
    Remedy{ErrorCode::NotAcceptable, "Accept application/json."},
    Remedy{ErrorCode::UnsupportedMediaType, "Send the body as application/json."},
    Remedy{ErrorCode::InvalidJson, "Send a body that is JSON text."},
    Remedy{ErrorCode::InvalidCustomerId, "Use the tenant id of a customer of this partner."},
    Remedy{ErrorCode::TenantNotFound, "Use the tenant id of a customer of this partner."},
    Remedy{ErrorCode::RateLimited, "Wait for as long as Retry-After says."},
    Remedy{ErrorCode::ArmMissingApiVersion, "Add ?api-version= to the address."},
    Remedy{ErrorCode::ArmNoRegisteredProvider, "Use an api-version among those the answer lists."},
    Remedy{ErrorCode::ArmExpiredToken,
           "Ask for a new token; this one expired on the universe's clock."},
    Remedy{ErrorCode::ArmInvalidAudience, "Ask for a token of https://management.azure.com/."},
    Remedy{ErrorCode::OperationNotSimulated,
           "Nothing: the operation is documented and not simulated."},
};

const RuleSeen* broken_rule(const Exchange& exchange) {
  const auto found = std::find_if(exchange.trace.rules.rbegin(), exchange.trace.rules.rend(),
                                  [](const RuleSeen& seen) { return seen.broken; });
  return found == exchange.trace.rules.rend() ? nullptr : &*found;
}

bool broke_schema(const Exchange& exchange) {
  return !exchange.schema.empty() && exchange.schema != "valid" && exchange.schema != "unchecked";
}

std::string remedy_of(const Exchange& exchange, const std::optional<ErrorCode>& error) {
  if (broke_schema(exchange)) {
    return "Send a body in which " + exchange.schema + " no longer holds.";
  }
  if (const RuleSeen* rule = broken_rule(exchange)) {
    return "The request succeeds when this holds: " + std::string{rule->rule} + ".";
  }
  const auto row = std::find_if(kRemedies.begin(), kRemedies.end(),
                                [&](const Remedy& remedy) { return remedy.error == error; });
  return row != kRemedies.end() ? std::string{row->sentence}
                                : "Change what the text of the error names.";
}

/// What decided, and where it looked.
ordered_json decision_of(const Exchange& exchange) {
  if (exchange.outcome == "success" || exchange.outcome == "replay") {
    return {{"by", exchange.outcome}, {"name", ""}};
  }
  if (broke_schema(exchange)) {
    const std::string pointer = exchange.schema.substr(0, exchange.schema.find(": "));
    return {{"by", "schema"}, {"name", exchange.operation}, {"field", pointer}};
  }
  if (const RuleSeen* rule = broken_rule(exchange)) {
    return {{"by", "rule"}, {"name", std::string{rule->rule}}};
  }
  return {{"by", "check"}, {"name", exchange.outcome}};
}

ordered_json explanation_of(const std::string& universe, const Exchange& exchange) {
  const auto error = error_named(exchange.outcome);
  ordered_json held = ordered_json::array();
  for (const RuleSeen& seen : exchange.trace.rules) {
    if (!seen.broken) {
      held.push_back(seen.rule);
    }
  }
  ordered_json facts = ordered_json::array();
  for (const auto& [name, value] : exchange.trace.values) {
    facts.push_back({{"fact", name}, {"value", value}});
  }
  ordered_json out{{"requestId", exchange.request_id},  {"universe", universe},
                   {"at", to_iso(exchange.at)},         {"operation", exchange.operation},
                   {"method", exchange.method},         {"path", exchange.path},
                   {"principal", exchange.principal},   {"status", exchange.status},
                   {"decision", decision_of(exchange)}, {"facts", std::move(facts)},
                   {"held", std::move(held)},           {"note", exchange.note}};
  if (error) {
    const ErrorRow& row = error_row(*error);
    out["error"] = {{"name", row.name},
                    {"code", row.code},
                    {"text", fill(text_in(row, Locale::English), exchange.arguments)},
                    {"source", row.source}};
    out["remedy"] = remedy_of(exchange, error);
  }
  return out;
}

}  // namespace

Response control_Explain(const ControlCall& call) {
  const std::string& request = call.parameter("request");
  for (const auto& universe : call.universes.all()) {
    if (const auto exchange = universe->exchange_of(request)) {
      return control_answer(call, explanation_of(universe->id(), *exchange));
    }
  }
  return control_refusal(
      404,
      "no universe remembers a request '" + request +
          "'; its id is in MS-RequestId or x-ms-request-id, and each universe keeps its latest " +
          std::to_string(Journal::kMaxExchanges) + " exchanges");
}

}  // namespace pcsim
