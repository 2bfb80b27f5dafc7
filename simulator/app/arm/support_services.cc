#include <nlohmann/json.hpp>
#include <utility>

#include "app/arm/support_call.h"
#include "app/handlers.h"
#include "codec/arm/subscription_codec.h"
#include "codec/arm/support_codec.h"
#include "codec/reference_data.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

Result<const SupportService*> service_of(const Call& call) {
  const SupportService* service = call.reference.support.service(call.path.at("serviceName"));
  if (service == nullptr) {
    return resource_not_found("Microsoft.Support/services/" + call.path.at("serviceName"));
  }
  return service;
}

}  // namespace

// Services and classifications are the same for everybody: any token of the resource manager
// reads them.
Result<Reply> handle_ArmListSupportServices(const Call& call) {
  ordered_json values = ordered_json::array();
  for (const SupportService& service : call.reference.support.services) {
    values.push_back(support_service_json(service, reads_french(call)));
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmGetSupportService(const Call& call) {
  PCSIM_TRY(service, service_of(call));
  return Reply{0, support_service_json(*service, reads_french(call)).dump(), {}};
}

Result<Reply> handle_ArmListProblemClassifications(const Call& call) {
  PCSIM_TRY(service, service_of(call));
  ordered_json values = ordered_json::array();
  for (const SupportTopic& topic : service->topics) {
    values.push_back(support_topic_json(*service, topic, reads_french(call)));
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmGetProblemClassification(const Call& call) {
  PCSIM_TRY(service, service_of(call));
  const SupportTopic* topic =
      call.reference.support.topic(call.path.at("classificationName"), service->id);
  if (topic == nullptr) {
    return resource_not_found("Microsoft.Support/problemClassifications/" +
                              call.path.at("classificationName"));
  }
  return Reply{0, support_topic_json(*service, *topic, reads_french(call)).dump(), {}};
}

}  // namespace pcsim
