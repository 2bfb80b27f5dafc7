#include "domain/support/resolution.h"

#include <utility>

#include "domain/reservations/exchange.h"
#include "domain/reservations/returns.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

std::string sentence(const Error& error, Locale locale) {
  return fill(text_in(error_row(error.code), locale), error.arguments);
}

std::string return_units(World& world, Env& env, const Shop& shop,
                         const std::string& reservation_id, std::int64_t quantity) {
  const auto refund = perform_return(world, env, shop, reservation_id, quantity);
  return refund ? std::string{} : sentence(refund.error(), env.locale);
}

std::string exchange_units(World& world, Env& env, const Shop& shop,
                           const std::string& reservation_id, std::int64_t quantity,
                           const ExchangeTerms& wanted) {
  const Reservation& held = *world.reservations.find(reservation_id);
  const Customer* customer = world.customers.find(lower(held.customer_id));
  if (customer == nullptr) {
    return "the reservation's customer is gone";
  }
  PurchaseRequest purchase = same_again(held);
  purchase.quantity = quantity;
  purchase.sku = wanted.sku_name.empty() ? purchase.sku : wanted.sku_name;
  purchase.location = wanted.location.empty() ? purchase.location : wanted.location;
  purchase.term = wanted.term.empty() ? purchase.term : wanted.term;
  const Exchanged done = perform_exchange(world, env, shop, *customer,
                                          {{{reservation_id, quantity}}, {std::move(purchase)}});
  if (done.quote.error) {
    return sentence(*done.quote.error, env.locale);
  }
  return done.quote.policy ? done.quote.policy->message : std::string{};
}

std::string raise_quota(World& world, const SupportTicket& ticket, const Resolution& resolution) {
  const AzureSubscription* azure = world.azure_subscriptions.find(ticket.subscription_id);
  if (azure == nullptr || !resolution.cores) {
    return "the ticket names no subscription and limit";
  }
  if (*resolution.cores <= azure->cores) {
    return "the subscription has " + std::to_string(azure->cores) + " vCPUs already";
  }
  world.azure_subscriptions.edit(ticket.subscription_id)->cores = *resolution.cores;
  return {};
}

std::string return_reservation(World& world, Env& env, const Shop& shop,
                               const SupportTicket& ticket, const Resolution& resolution) {
  const NamedReservation named = named_reservation(world, ticket);
  if (!named.complete()) {
    return "the ticket does not name both the reservation order and the reservation";
  }
  const std::int64_t quantity =
      resolution.quantity.value_or(world.reservations.find(named.reservation_id)->quantity);
  return resolution.exchange ? exchange_units(world, env, shop, named.reservation_id, quantity,
                                              *resolution.exchange)
                             : return_units(world, env, shop, named.reservation_id, quantity);
}

std::string act_on(World& world, Env& env, const Shop& shop, const SupportTicket& ticket,
                   TicketPurpose purpose, const Resolution& resolution) {
  switch (purpose) {
    case TicketPurpose::Return:
      return return_reservation(world, env, shop, ticket, resolution);
    case TicketPurpose::Quota:
      return raise_quota(world, ticket, resolution);
    case TicketPurpose::Other:
      return {};
  }
  return {};
}

}  // namespace

std::string resolve_ticket(World& world, Env& env, const Shop& shop, const std::string& key,
                           const SupportTopic& topic, const Resolution& resolution) {
  const SupportTicket ticket = *world.support_tickets.find(key);
  if (ticket.outcome != TicketOutcome::Open) {
    return "the ticket is closed";
  }
  if (auto problem = act_on(world, env, shop, ticket, topic.purpose, resolution);
      !problem.empty()) {
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
