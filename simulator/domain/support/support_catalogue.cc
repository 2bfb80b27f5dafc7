#include "domain/support/support_catalogue.h"

#include "pcsim/text.h"

namespace pcsim {

const SupportService* SupportCatalogue::service(std::string_view id) const {
  for (const SupportService& one : services) {
    if (equal_ignoring_case(one.id, id)) {
      return &one;
    }
  }
  return nullptr;
}

const SupportTopic* SupportCatalogue::topic(std::string_view id,
                                            std::string_view service_id) const {
  for (const SupportService& one : services) {
    for (const SupportTopic& topic : one.topics) {
      if (equal_ignoring_case(topic.id, id) &&
          (service_id.empty() || equal_ignoring_case(one.id, service_id))) {
        return &topic;
      }
    }
  }
  return nullptr;
}

}  // namespace pcsim
