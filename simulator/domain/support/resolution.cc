#include "domain/support/resolution.h"

#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Takes units out of a reservation of the customer; it ends when none is left.
std::string return_units(World& world, const Env& env, const std::string& reservation_id,
                         std::int64_t quantity, ReservationEnd end) {
  Reservation* row = world.reservations.edit(reservation_id);
  if (row == nullptr || row->cancelled || env.now < row->succeeds) {
    return "the reservation '" + reservation_id + "' is in no state to be returned";
  }
  if (quantity < 1 || quantity > row->quantity) {
    return "the reservation holds " + std::to_string(row->quantity) + " units";
  }
  row->updated = env.now;
  ++row->etag;
  if (quantity < row->quantity) {
    row->quantity -= quantity;
    return {};
  }
  row->cancelled = true;
  row->end = end;
  row->ended = env.now;
  return {};
}

std::string exchange_units(World& world, Env& env, const std::string& reservation_id,
                           std::int64_t quantity, const Exchange& wanted) {
  Reservation fresh = *world.reservations.find(reservation_id);
  if (auto problem = return_units(world, env, reservation_id, quantity, ReservationEnd::Exchanged);
      !problem.empty()) {
    return problem;
  }
  fresh.order_id = env.ids.guid();
  fresh.reservation_id = env.ids.guid();
  fresh.exchange_source = reservation_id;
  fresh.quantity = quantity;
  fresh.created = env.now;
  fresh.succeeds = env.now + env.delay;
  fresh.sku_name = wanted.sku_name.empty() ? fresh.sku_name : wanted.sku_name;
  fresh.location = wanted.location.empty() ? fresh.location : wanted.location;
  fresh.term = wanted.term.empty() ? fresh.term : wanted.term;
  const std::string id = fresh.reservation_id;
  world.reservations.put(id, std::move(fresh));
  return {};
}

std::string raise_quota(World& world, const SupportTicket& ticket, const Resolution& resolution) {
  AzureSubscription* azure = world.azure_subscriptions.edit(ticket.subscription_id);
  if (azure == nullptr || !resolution.cores) {
    return "the ticket names no subscription and limit";
  }
  if (*resolution.cores <= azure->cores) {
    return "the subscription has " + std::to_string(azure->cores) + " vCPUs already";
  }
  azure->cores = *resolution.cores;
  return {};
}

std::string return_reservation(World& world, Env& env, const SupportTicket& ticket,
                               const Resolution& resolution) {
  const NamedReservation named = named_reservation(world, ticket);
  if (!named.complete()) {
    return "the ticket does not name both the reservation order and the reservation";
  }
  const std::int64_t quantity =
      resolution.quantity.value_or(world.reservations.find(named.reservation_id)->quantity);
  return resolution.exchange
             ? exchange_units(world, env, named.reservation_id, quantity, *resolution.exchange)
             : return_units(world, env, named.reservation_id, quantity, ReservationEnd::Returned);
}

std::string act_on(World& world, Env& env, const SupportTicket& ticket, TicketPurpose purpose,
                   const Resolution& resolution) {
  switch (purpose) {
    case TicketPurpose::Return:
      return return_reservation(world, env, ticket, resolution);
    case TicketPurpose::Quota:
      return raise_quota(world, ticket, resolution);
    case TicketPurpose::Other:
      return {};
  }
  return {};
}

}  // namespace

std::string resolve_ticket(World& world, Env& env, const std::string& key,
                           const SupportTopic& topic, const Resolution& resolution) {
  const SupportTicket ticket = *world.support_tickets.find(key);
  if (ticket.outcome != TicketOutcome::Open) {
    return "the ticket is closed";
  }
  if (auto problem = act_on(world, env, ticket, topic.purpose, resolution); !problem.empty()) {
    return problem;
  }
  SupportTicket& changed = *world.support_tickets.edit(key);
  changed.outcome = TicketOutcome::Resolved;
  changed.modified = env.now;
  changed.communications.push_back({env.ids.guid(), ticket.title,
                                    "Your request has been carried out.",
                                    "support@microsoft.example", "Web", false, env.now, env.now});
  return {};
}

}  // namespace pcsim
