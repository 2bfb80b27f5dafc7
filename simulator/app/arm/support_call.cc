#include "app/arm/support_call.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/arm/subscription_codec.h"
#include "domain/access/built_in_roles.h"
#include "domain/access/principals.h"
#include "domain/support/tickets.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::size_t kMaxAuxiliaryTokens = 3;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

Error invalid_token(const char* why) { return {ErrorCode::ArmInvalidAuxiliaryToken, {why}, {}}; }

/// The tenant of one auxiliary token. Error: ArmInvalidAuxiliaryToken.
Result<std::string> tenant_of_token(const Call& call, std::string_view text) {
  constexpr std::string_view kScheme = "bearer ";
  if (!equal_ignoring_case(text.substr(0, kScheme.size()), kScheme)) {
    return invalid_token("it is no bearer token");
  }
  const auto verified = call.authority.verify(trimmed(text.substr(kScheme.size())));
  const auto claims =
      verified ? nlohmann::json::parse(*verified, nullptr, false) : nlohmann::json{};
  if (!claims.is_object() || member_text(claims, "pcsim_universe") != call.universe_id) {
    return invalid_token("its signature is not valid");
  }
  const auto expires = claims.find("exp");
  if (expires == claims.end() || !expires->is_number_integer() ||
      expires->get<std::int64_t>() * kSecond <= call.env.now) {
    return invalid_token("it has expired");
  }
  const std::string audience = member_text(claims, "aud");
  if (audience.rfind("https://management.", 0) != 0) {
    return invalid_token("its audience is not the resource manager");
  }
  return lower(member_text(claims, "tid"));
}

/// Whether the caller may do `action` somewhere in his tenant.
bool may_somewhere(const Call& call, const Actor& actor, std::string_view action) {
  for (const auto& [id, row] : call.world.role_assignments) {
    const std::string tenant = tenant_of(call.world, row);
    if (actor.is(row.principal_id) && (tenant.empty() || tenant == actor.tenant_id) &&
        authorise(call.world, actor, action, row.scope)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<Done> allow_support(const Call& call, std::string_view action) {
  const std::string scope = scope_of(call);
  const Actor actor = actor_of(call);
  if (scope.empty() && may_somewhere(call, actor, action)) {
    return Done{};
  }
  return allow(call, action, scope);
}

std::string ticket_key_of(const Call& call) {
  return ticket_key(call.principal.tenant_id, subscription_in_scope(scope_of(call)),
                    call.path.at("supportTicketName"));
}

Result<const SupportTicket*> ticket_of(const Call& call) {
  const SupportTicket* ticket = call.world.support_tickets.find(ticket_key_of(call));
  if (ticket == nullptr || call.env.now < ticket->succeeds) {
    return resource_not_found("Microsoft.Support/supportTickets/" +
                              call.path.at("supportTicketName"));
  }
  return ticket;
}

bool reads_french(const Call& call) {
  return call.env.locale == Locale::French ||
         lower(call.request.headers.find("Accept-Language").value_or("")).starts_with("fr");
}

Result<bool> vouched_by_partner(const Call& call) {
  const auto header = call.request.headers.find("x-ms-authorization-auxiliary");
  if (!header || trimmed(*header).empty()) {
    return false;
  }
  const auto tokens = split(*header, ',');
  if (tokens.size() > kMaxAuxiliaryTokens) {
    return invalid_token("there are more than three");
  }
  const Customer* customer = customer_of_token(call);
  bool vouched = false;
  for (const std::string_view text : tokens) {
    PCSIM_TRY(tenant, tenant_of_token(call, trimmed(text)));
    const Partner* partner = call.world.partners.find(tenant);
    vouched =
        vouched || (partner != nullptr && customer != nullptr && administers(*partner, *customer));
  }
  return vouched;
}

Reply accepted(const Call& call, const std::string& operation_id) {
  const std::string base = scope_of(call) + "/providers/Microsoft.Support/";
  Reply reply{202, {}, {}};
  reply.headers.add("Location", address_of(call, base + "operationResults/" + operation_id));
  reply.headers.add("Azure-AsyncOperation",
                    address_of(call, base + "operationsStatus/" + operation_id));
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

}  // namespace pcsim
