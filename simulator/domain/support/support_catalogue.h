#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What support is given for. Source: docs/reference/support.md#classifications.
namespace pcsim {

/// What Microsoft does when it resolves a ticket.
enum class TicketPurpose { Other, Return, Quota };

struct SupportTopic {
  std::string id, name_en, name_fr;
  TicketPurpose purpose = TicketPurpose::Other;
};

struct SupportService {
  std::string id, name_en, name_fr;
  std::vector<std::string> resource_types{};
  std::vector<SupportTopic> topics{};
};

/// All services, in the order of their file.
struct SupportCatalogue {
  std::vector<SupportService> services{};

  /// The service of that id, or null.
  const SupportService* service(std::string_view id) const;
  /// The classification of that id, of any service or of one; null when there is none.
  const SupportTopic* topic(std::string_view id, std::string_view service_id = {}) const;
};

}  // namespace pcsim
