#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rules.h"
#include "domain/support/support_catalogue.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// Support tickets and the messages about them. Source: docs/reference/support.md.
namespace pcsim {

/// How many tickets a tenant may have, and messages a ticket.
constexpr std::size_t kMaxTickets = 500;
constexpr std::size_t kMaxCommunications = 100;

/// Whether a ticket or message may be named so.
bool valid_support_name(std::string_view name);

/// The key of a ticket of a subscription, or of a tenant when `subscription_id` is empty.
std::string ticket_key(std::string_view tenant_id, std::string_view subscription_id,
                       std::string_view name);

/// Opens a ticket, whose id begins with the day (`yymmdd`); it shows when the delay has passed. One
/// that asks for a reservation's return and does not name order and reservation is asked for both.
/// Errors: 400 BadRequest for a name that cannot be, 409 Conflict for one that is taken, 409
/// ResourceCountExceedsLimit.
Result<SupportTicket> open_ticket(World& world, Env& env, SupportTicket ticket,
                                  const SupportTopic& topic);

/// Adds a message; it shows when the delay has passed. Errors: 409 Conflict for a closed ticket or
/// a name that is taken, 400 BadRequest, 409 ResourceCountExceedsLimit.
Result<SupportCommunication> add_communication(World& world, Env& env, const std::string& key,
                                               SupportCommunication message);

/// `Open`, `Updating` while a change is in flight, or `Closed`.
std::string_view ticket_status(const SupportTicket& ticket, Instant now, Instant delay);

/// Minutes within which support answers first, by severity.
int sla_minutes(std::string_view severity);

/// The reservation that a ticket of its customer names, with its order; empty members are missing.
struct NamedReservation {
  std::string order_id, reservation_id;
  bool complete() const { return !order_id.empty() && !reservation_id.empty(); }
};
NamedReservation named_reservation(const World& world, const SupportTicket& ticket);

/// Appends the rules of tickets and messages.
void list_ticket_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
