#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "domain/support/support_catalogue.h"
#include "domain/support/tickets.h"
#include "domain/world.h"
#include "pcsim/result.h"

namespace pcsim {

nlohmann::ordered_json support_service_json(const SupportService& service, bool french);
nlohmann::ordered_json support_topic_json(const SupportService& service, const SupportTopic& topic,
                                          bool french);

/// A ticket as it stands; `catalogue` names its service and classification.
struct TicketView {
  const SupportTicket* ticket;
  const SupportCatalogue* catalogue;
  Instant now = 0, delay = 0;
  bool french = false;
};
nlohmann::ordered_json ticket_json(const TicketView& view);

nlohmann::ordered_json communication_json(const SupportTicket& ticket,
                                          const SupportCommunication& message);

/// The path of a ticket.
std::string ticket_path(const SupportTicket& ticket);

/// Reads a new ticket; name and owner are not in its body. Versions before 2022 do not ask for the
/// consent. Error: ArmInvalidRequestContent.
Result<SupportTicket> parse_ticket(const nlohmann::json& body, const SupportCatalogue& catalogue,
                                   bool consent_asked);

/// Changes what a request to change a ticket names. Error: ArmInvalidRequestContent.
Result<SupportTicket> patched_ticket(const nlohmann::json& body, SupportTicket ticket);

SupportCommunication parse_communication(const nlohmann::json& body);

/// The greatest `NewLimit` that a quota ticket's requests name.
std::optional<std::int64_t> wanted_limit(const SupportTicket& ticket);

/// Whether a ticket or message meets an OData filter. Error: ArmInvalidFilter.
Result<bool> meets_ticket_filter(const std::string& filter, const TicketView& view);
Result<bool> meets_message_filter(const std::string& filter, const SupportCommunication& message);

}  // namespace pcsim
