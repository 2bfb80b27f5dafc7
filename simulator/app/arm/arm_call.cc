#include "app/arm/arm_call.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// A resource type, the end or a piece of its paths, and the versions that know it, old to new.
struct ResourceType {
  std::string_view name, mark, versions;
};

// Source: azure-rest-api-specs, reservations/resource-manager (readme tags); npm
// @azure/arm-authorization 9 and @azure/arm-subscriptions 6. The first whose mark matches counts.
constexpr std::array kTypes{
    ResourceType{"roleAssignments", "/roleAssignments",
                 "2014-04-01-preview 2014-07-01-preview 2014-10-01-preview 2015-05-01-preview "
                 "2015-06-01 2015-07-01 2016-07-01 2017-05-01 2017-09-01 2017-10-01-preview "
                 "2018-01-01-preview 2018-07-01 2018-09-01-preview 2018-12-01-preview "
                 "2019-04-01-preview 2020-03-01-preview 2020-04-01-preview 2020-08-01-preview "
                 "2020-10-01-preview 2022-01-01-preview 2022-04-01"},
    ResourceType{"calculatePrice", "/calculatePrice",
                 "2019-04-01 2020-10-01-preview 2020-11-15-preview 2021-07-01 2022-03-01 "
                 "2022-04-01 2022-11-01"},
    ResourceType{"reservationOrders", "/reservationOrders",
                 "2017-11-01 2018-06-01 2019-04-01 2020-10-01-preview 2020-11-15-preview "
                 "2021-07-01 2022-03-01 2022-04-01 2022-11-01"},
    ResourceType{"subscriptions", "/subscriptions",
                 "2014-04-01 2015-01-01 2015-11-01 2016-02-01 2016-06-01 2016-07-01 2016-09-01 "
                 "2017-05-10 2018-01-01 2018-05-01 2019-03-01 2019-05-01 2019-06-01 2019-08-01 "
                 "2019-10-01 2019-11-01 2020-01-01 2020-06-01 2020-10-01 2021-01-01 2021-04-01 "
                 "2022-09-01 2022-12-01"},
};

const ResourceType& type_of(std::string_view path) {
  for (const ResourceType& type : kTypes) {
    if (path.find(type.mark) != std::string_view::npos) {
      return type;
    }
  }
  return kTypes.back();
}

}  // namespace

Actor actor_of(const Call& call) {
  const Principal& principal = call.principal;
  return {lower(principal.tenant_id), lower(principal.object_id),
          principal.is_user ? principal.user_principal_name : principal.application_id,
          principal.groups};
}

Result<Done> require_api_version(const Call& call) {
  const std::string version = lower(query_value(call, "api-version"));
  if (version.empty()) {
    return ErrorCode::ArmMissingApiVersion;
  }
  const ResourceType& type = type_of(call.operation.path);
  for (const std::string_view known : split(type.versions, ' ')) {
    if (version == known) {
      return Done{};
    }
  }
  std::string listed{type.versions};
  for (std::size_t at = 0; (at = listed.find(' ', at)) != std::string::npos; at += 2) {
    listed.replace(at, 1, ", ");
  }
  return Error{ErrorCode::ArmNoRegisteredProvider,
               {"global", query_value(call, "api-version"), std::string{type.name}, listed},
               {}};
}

const Customer* customer_of_token(const Call& call) {
  return call.world.customers.find(lower(call.principal.tenant_id));
}

std::string path_id(const Call& call, const char* name) { return lower(call.path.at(name)); }

std::string query_value(const Call& call, const char* name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string{} : found->second;
}

}  // namespace pcsim
