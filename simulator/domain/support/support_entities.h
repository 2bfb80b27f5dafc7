#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/instant.h"

/// Support requests of the resource manager. Source: docs/reference/support.md.
namespace pcsim {

struct SupportContactDetails {
  std::string first_name, last_name, method, email, phone_number, time_zone, country, language;
  std::vector<std::string> more_emails{};
};

/// A message about a ticket; `inbound` ones come from the one who opened it.
struct SupportCommunication {
  std::string name, subject, body, sender, type{"Web"};
  bool inbound = true;
  Instant created = 0, succeeds = 0;
  std::string operation_id{};  ///< by which its creation is followed
};

/// A new limit a quota ticket asks for.
struct QuotaRequest {
  std::string region, payload;
};

/// How a ticket came to its end in the world; the wire only knows `Closed`.
enum class TicketOutcome { Open, Resolved, Closed };

struct SupportTicket {
  std::string name, customer_id, subscription_id;  ///< without a subscription: of the tenant
  std::string ticket_id, service_id, classification_id, severity, title, description;
  SupportContactDetails contact{};
  std::string diagnostic_consent{"No"}, scoping_questions{}, enrollment_id{}, plan_id{},
      resource_id{}, quota_change_type{}, quota_change_version{}, created_by{};
  bool all_day = false;    ///< around-the-clock response wanted
  bool on_behalf = false;  ///< opened by the partner
  std::vector<QuotaRequest> quotas{};
  std::optional<Instant> problem_started{};
  Instant created = 0, succeeds = 0, modified = 0;
  TicketOutcome outcome = TicketOutcome::Open;
  std::vector<SupportCommunication> communications{};
  std::string operation_id{};  ///< by which its creation is followed
};

}  // namespace pcsim
