#include "domain/support/tickets.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::size_t kGuidLength = 36;

struct TicketFacts {
  const World& world;
  const SupportTicket& ticket;
  std::string key;
};

struct TicketRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const TicketFacts&);
  std::vector<std::string> (*arguments)(const TicketFacts&);
};

std::vector<std::string> name_of(const TicketFacts& facts) { return {facts.ticket.name}; }

constexpr std::array kTicketRules{
    TicketRule{"ticket's name can be", ErrorCode::ArmSupportNameInvalid,
               [](const TicketFacts& f) { return !valid_support_name(f.ticket.name); }, name_of},
    TicketRule{"ticket's name is new", ErrorCode::ArmSupportNameTaken,
               [](const TicketFacts& f) { return f.world.support_tickets.find(f.key) != nullptr; },
               name_of},
    TicketRule{"fewer tickets than the limit", ErrorCode::ArmResourceLimitExceeded,
               [](const TicketFacts& f) {
                 const auto& rows = f.world.support_tickets;
                 return std::count_if(rows.begin(), rows.end(), [&](const auto& entry) {
                          return entry.second.customer_id == f.ticket.customer_id;
                        }) >= static_cast<std::ptrdiff_t>(kMaxTickets);
               },
               [](const TicketFacts&) {
                 return std::vector<std::string>{std::to_string(kMaxTickets),
                                                 "Microsoft.Support/supportTickets"};
               }},
};

struct MessageFacts {
  const SupportTicket& ticket;
  const SupportCommunication& message;
};

struct MessageRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const MessageFacts&);
  std::vector<std::string> (*arguments)(const MessageFacts&);
};

constexpr std::array kMessageRules{
    MessageRule{"ticket is open", ErrorCode::ArmSupportTicketClosed,
                [](const MessageFacts& f) { return f.ticket.outcome != TicketOutcome::Open; },
                [](const MessageFacts& f) { return std::vector<std::string>{f.ticket.name}; }},
    MessageRule{"message's name can be", ErrorCode::ArmSupportNameInvalid,
                [](const MessageFacts& f) { return !valid_support_name(f.message.name); },
                [](const MessageFacts& f) { return std::vector<std::string>{f.message.name}; }},
    MessageRule{"message's name is new", ErrorCode::ArmSupportNameTaken,
                [](const MessageFacts& f) {
                  const auto& all = f.ticket.communications;
                  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
                    return equal_ignoring_case(one.name, f.message.name);
                  });
                },
                [](const MessageFacts& f) { return std::vector<std::string>{f.message.name}; }},
    MessageRule{
        "fewer messages than the limit", ErrorCode::ArmResourceLimitExceeded,
        [](const MessageFacts& f) { return f.ticket.communications.size() >= kMaxCommunications; },
        [](const MessageFacts&) {
          return std::vector<std::string>{std::to_string(kMaxCommunications),
                                          "Microsoft.Support/communications"};
        }},
};

/// Ten digits; the day stands before them.
std::string ticket_number(Env& env) {
  std::string number = std::to_string(env.ids.next() % 10'000'000'000ULL);
  number.insert(0, 10 - number.size(), '0');
  return number;
}

/// Every GUID in `text`, in lower case.
std::vector<std::string> guids_in(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at + kGuidLength <= text.size(); ++at) {
    if (is_guid(text.substr(at, kGuidLength))) {
      out.push_back(lower(text.substr(at, kGuidLength)));
      at += kGuidLength - 1;
    }
  }
  return out;
}

bool same_words(std::string_view left, std::string_view right) {
  return equal_ignoring_case(left, right);
}

}  // namespace

void list_ticket_rules(std::vector<RuleRow>& out) {
  list_rules("Support ticket", kTicketRules, out);
  list_rules("Message about a ticket", kMessageRules, out);
}

bool valid_support_name(std::string_view name) {
  const bool digits =
      std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !name.empty() && name.size() <= kLongestName && !digits &&
         !lower(name).starts_with("tmp-") && std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
                  std::string_view{"<>%&:\\?/"}.find(c) != std::string_view::npos;
         });
}

std::string ticket_key(std::string_view tenant_id, std::string_view subscription_id,
                       std::string_view name) {
  return lower(subscription_id.empty() ? tenant_id : subscription_id) + "|" + lower(name);
}

std::string_view ticket_status(const SupportTicket& ticket, Instant now, Instant delay) {
  if (ticket.modified > ticket.created && now < ticket.modified + delay) {
    return "Updating";
  }
  return ticket.outcome == TicketOutcome::Open ? "Open" : "Closed";
}

int sla_minutes(std::string_view severity) {
  return same_words(severity, "HighestCriticalImpact") ? 15
         : same_words(severity, "Critical")            ? 60
         : same_words(severity, "Moderate")            ? 240
                                                       : 480;
}

NamedReservation named_reservation(const World& world, const SupportTicket& ticket) {
  std::string text = ticket.title + " " + ticket.description + " " + ticket.scoping_questions;
  for (const SupportCommunication& message : ticket.communications) {
    text += message.inbound ? " " + message.subject + " " + message.body : std::string{};
  }
  const auto named = guids_in(text);
  const auto holds = [&](const std::string& id) {
    return std::find(named.begin(), named.end(), lower(id)) != named.end();
  };
  NamedReservation out;
  for (const auto& [id, row] : world.reservations) {
    if (lower(row.customer_id) != ticket.customer_id) {
      continue;
    }
    const bool order = holds(row.order_id);
    const bool reservation = holds(row.reservation_id);
    if (order && reservation) {
      return {row.order_id, row.reservation_id};
    }
    out.order_id = order ? row.order_id : out.order_id;
  }
  return out;
}

Result<SupportTicket> open_ticket(World& world, Env& env, SupportTicket ticket,
                                  const SupportTopic& topic) {
  const std::string key = ticket_key(ticket.customer_id, ticket.subscription_id, ticket.name);
  const TicketFacts facts{world, ticket, key};
  if (const TicketRule* rule = first_broken(kTicketRules, facts, env.trace)) {
    return Error{rule->error, rule->arguments(facts), {}};
  }
  ticket.ticket_id += ticket_number(env);
  ticket.operation_id = env.ids.guid();
  ticket.created = env.now;
  ticket.modified = env.now;
  ticket.succeeds = env.now + env.delay;
  if (topic.purpose == TicketPurpose::Return && !named_reservation(world, ticket).complete()) {
    const bool french = lower(ticket.contact.language).starts_with("fr");
    ticket.communications.push_back(
        {env.ids.guid(), ticket.title,
         french ? "Veuillez indiquer l’identifiant de commande et l’identifiant de réservation. "
                  "Vous les trouverez sur la page Propriétés de la réservation."
                : "Please send the reservation order id and the reservation id. You find both on "
                  "the properties page of the reservation.",
         "support@microsoft.example", "Web", false, ticket.succeeds, ticket.succeeds});
  }
  return world.support_tickets.put(key, std::move(ticket));
}

Result<SupportCommunication> add_communication(World& world, Env& env, const std::string& key,
                                               SupportCommunication message) {
  const SupportTicket* known = world.support_tickets.find(key);
  const MessageFacts facts{*known, message};
  if (const MessageRule* rule = first_broken(kMessageRules, facts, env.trace)) {
    return Error{rule->error, rule->arguments(facts), {}};
  }
  message.operation_id = env.ids.guid();
  message.created = env.now;
  message.succeeds = env.now + env.delay;
  world.support_tickets.edit(key)->communications.push_back(message);
  return message;
}

}  // namespace pcsim
