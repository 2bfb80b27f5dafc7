#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/arm/support_call.h"
#include "app/handlers.h"
#include "codec/arm/subscription_codec.h"
#include "codec/arm/support_codec.h"
#include "codec/reference_data.h"
#include "codec/time.h"
#include "domain/support/tickets.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr const char* kRead = "Microsoft.Support/supportTickets/read";
constexpr const char* kWrite = "Microsoft.Support/supportTickets/write";

TicketView view_of(const Call& call, const SupportTicket& ticket) {
  return {&ticket, &call.reference.support, call.env.now, call.env.delay, reads_french(call)};
}

/// `yymmdd` of today.
std::string day_digits(Instant now) {
  std::string day = to_date(now).substr(2);
  day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
  return day;
}

/// Whether a ticket belongs to the subscription of the path or, without one, to the tenant.
bool is_here(const Call& call, const SupportTicket& ticket) {
  return ticket.subscription_id == subscription_in_scope(scope_of(call)) &&
         (!ticket.subscription_id.empty() || ticket.customer_id == lower(call.principal.tenant_id));
}

std::size_t number(const std::string& text, std::size_t otherwise) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() ? out : otherwise;
}

/// The page of `values` that `$top` and `$skiptoken` ask for, and the address of the next.
std::string page_of(const Call& call, const ordered_json& values, const std::string& path) {
  constexpr std::size_t kPage = 100;
  const std::size_t first = std::min(number(query_value(call, "$skiptoken"), 0), values.size());
  const std::size_t top = std::max<std::size_t>(number(query_value(call, "$top"), kPage), 1);
  const std::size_t last = std::min(values.size(), first + std::min(top, kPage));
  ordered_json page = ordered_json::array();
  for (std::size_t at = first; at < last; ++at) {
    page.push_back(values[at]);
  }
  ordered_json out;
  out["value"] = std::move(page);
  if (last < values.size()) {
    out["nextLink"] = address_of(call, path) + "&$top=" + std::to_string(last - first) +
                      "&$skiptoken=" + std::to_string(last);
  }
  return out.dump();
}

/// The ticket or message that an operation creates, and when it is there.
struct Creation {
  const SupportTicket* ticket = nullptr;
  const SupportCommunication* message = nullptr;
  Instant succeeds = 0;
};

Result<Creation> creation_of(const Call& call) {
  const std::string id = path_id(call, "operationId");
  for (const auto& [key, ticket] : call.world.support_tickets) {
    if (!is_here(call, ticket)) {
      continue;
    }
    if (ticket.operation_id == id) {
      return Creation{&ticket, nullptr, ticket.succeeds};
    }
    for (const SupportCommunication& message : ticket.communications) {
      if (message.operation_id == id) {
        return Creation{&ticket, &message, message.succeeds};
      }
    }
  }
  return resource_not_found("Microsoft.Support/operationsStatus/" + id);
}

}  // namespace

Result<Reply> handle_ArmCheckTicketName(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  const std::string name = member_text(call.body, "name");
  const std::string key =
      ticket_key(call.principal.tenant_id, subscription_in_scope(scope_of(call)), name);
  const bool valid = valid_support_name(name);
  const bool taken = call.world.support_tickets.find(key) != nullptr;
  ordered_json out{{"nameAvailable", valid && !taken}};
  if (!valid || taken) {
    out["reason"] = valid ? "AlreadyExists" : "Invalid";
    out["message"] = error_text(
        Error{
            valid ? ErrorCode::ArmSupportNameTaken : ErrorCode::ArmSupportNameInvalid, {name}, {}},
        call.env.locale);
  }
  return Reply{0, out.dump(), {}};
}

Result<Reply> handle_ArmPutSupportTicket(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kWrite));
  static_cast<void>(allowed);
  PCSIM_TRY(vouched, vouched_by_partner(call));
  PCSIM_TRY(ticket,
            parse_ticket(call.body, call.reference.support, since_version(call, "2022-09-01")));
  const Actor actor = actor_of(call);
  const Customer* customer = customer_of_token(call);
  ticket.name = call.path.at("supportTicketName");
  ticket.customer_id = lower(directory_of(call, scope_of(call)));
  ticket.subscription_id = subscription_in_scope(scope_of(call));
  ticket.created_by = actor.name;
  ticket.ticket_id = day_digits(call.env.now);
  ticket.on_behalf =
      vouched || (customer != nullptr && acts_on_behalf(call.world, actor, *customer));
  const SupportTopic& topic = *call.reference.support.topic(ticket.classification_id);
  PCSIM_TRY(opened, open_ticket(call.world, call.env, std::move(ticket), topic));
  return accepted(call, opened.operation_id);
}

Result<Reply> handle_ArmGetSupportTicket(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  PCSIM_TRY(ticket, ticket_of(call));
  return Reply{0, ticket_json(view_of(call, *ticket)).dump(), {}};
}

Result<Reply> handle_ArmListSupportTickets(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  const std::string filter = query_value(call, "$filter");
  const SupportTicket none;
  PCSIM_TRY(readable, meets_ticket_filter(filter, view_of(call, none)));
  static_cast<void>(readable);
  std::vector<const SupportTicket*> rows;
  for (const auto& [key, ticket] : call.world.support_tickets) {
    PCSIM_TRY(fits, meets_ticket_filter(filter, view_of(call, ticket)));
    if (fits && is_here(call, ticket) && call.env.now >= ticket.succeeds) {
      rows.push_back(&ticket);
    }
  }
  // The latest first.
  std::stable_sort(rows.begin(), rows.end(),
                   [](const SupportTicket* left, const SupportTicket* right) {
                     return left->created > right->created;
                   });
  ordered_json values = ordered_json::array();
  for (const SupportTicket* ticket : rows) {
    values.push_back(ticket_json(view_of(call, *ticket)));
  }
  return Reply{
      0, page_of(call, values, scope_of(call) + "/providers/Microsoft.Support/supportTickets"), {}};
}

Result<Reply> handle_ArmPatchSupportTicket(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kWrite));
  static_cast<void>(allowed);
  PCSIM_TRY(found, ticket_of(call));
  if (found->outcome != TicketOutcome::Open) {
    return Error{ErrorCode::ArmSupportTicketClosed, {found->name}, {}};
  }
  PCSIM_TRY(changed, patched_ticket(call.body, *found));
  changed.modified = call.env.now;
  const SupportTicket& stored =
      call.world.support_tickets.put(ticket_key_of(call), std::move(changed));
  return Reply{0, ticket_json(view_of(call, stored)).dump(), {}};
}

Result<Reply> handle_ArmPutCommunication(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kWrite));
  static_cast<void>(allowed);
  PCSIM_TRY(ticket, ticket_of(call));
  static_cast<void>(ticket);
  SupportCommunication message = parse_communication(call.body);
  message.name = call.path.at("communicationName");
  if (message.sender.empty()) {
    message.sender = actor_of(call).name;
  }
  PCSIM_TRY(added,
            add_communication(call.world, call.env, ticket_key_of(call), std::move(message)));
  return accepted(call, added.operation_id);
}

Result<Reply> handle_ArmGetCommunication(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  PCSIM_TRY(ticket, ticket_of(call));
  const std::string& name = call.path.at("communicationName");
  for (const SupportCommunication& message : ticket->communications) {
    if (equal_ignoring_case(message.name, name) && call.env.now >= message.succeeds) {
      return Reply{0, communication_json(*ticket, message).dump(), {}};
    }
  }
  return resource_not_found("Microsoft.Support/communications/" + name);
}

Result<Reply> handle_ArmListCommunications(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  PCSIM_TRY(ticket, ticket_of(call));
  const std::string filter = query_value(call, "$filter");
  PCSIM_TRY(readable, meets_message_filter(filter, SupportCommunication{}));
  static_cast<void>(readable);
  ordered_json values = ordered_json::array();
  for (const SupportCommunication& message : ticket->communications) {
    PCSIM_TRY(fits, meets_message_filter(filter, message));
    if (fits && call.env.now >= message.succeeds) {
      values.push_back(communication_json(*ticket, message));
    }
  }
  return Reply{0, page_of(call, values, ticket_path(*ticket) + "/communications"), {}};
}

Result<Reply> handle_ArmGetSupportOperation(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  PCSIM_TRY(creation, creation_of(call));
  const std::string id = path_id(call, "operationId");
  const bool done = call.env.now >= creation.succeeds;
  ordered_json out{{"id", scope_of(call) + "/providers/Microsoft.Support/operationsStatus/" + id},
                   {"name", id},
                   {"status", done ? "Succeeded" : "InProgress"}};
  if (done && creation.message == nullptr) {
    out["properties"] = ordered_json{{"supportTicketCreationWarning", ""},
                                     {"supportTicketId", creation.ticket->ticket_id}};
  }
  return Reply{0, out.dump(), {}};
}

Result<Reply> handle_ArmGetSupportResult(const Call& call) {
  PCSIM_TRY(allowed, allow_support(call, kRead));
  static_cast<void>(allowed);
  PCSIM_TRY(creation, creation_of(call));
  return call.env.now >= creation.succeeds ? Reply{} : accepted(call, path_id(call, "operationId"));
}

}  // namespace pcsim
