#include "app/arm/api_version.h"

#include <array>
#include <string_view>

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// A resource type, the end or a piece of its paths, and the versions that know it, old to new.
struct ResourceType {
  std::string_view name, mark, versions;
};

// The versions of Microsoft.Capacity, from the first that had something.
constexpr std::string_view kFrom2017 =
    "2017-11-01 2018-06-01 2019-04-01 2020-10-01-preview 2020-11-15-preview 2021-07-01 2022-03-01 "
    "2022-04-01 2022-11-01";
constexpr std::string_view kFrom2020 = kFrom2017.substr(kFrom2017.find("2020-10"));
constexpr std::string_view kFrom2022 = kFrom2017.substr(kFrom2017.find("2022-03"));

// Source: azure-rest-api-specs, reservations/resource-manager (readme tags); npm
// @azure/arm-authorization 9 and @azure/arm-subscriptions 6. The first whose mark matches counts.
constexpr std::array kTypes{
    ResourceType{"roleAssignments", "/roleAssignments",
                 "2014-04-01-preview 2014-07-01-preview 2014-10-01-preview 2015-05-01-preview "
                 "2015-06-01 2015-07-01 2016-07-01 2017-05-01 2017-09-01 2017-10-01-preview "
                 "2018-01-01-preview 2018-07-01 2018-09-01-preview 2018-12-01-preview "
                 "2019-04-01-preview 2020-03-01-preview 2020-04-01-preview 2020-08-01-preview "
                 "2020-10-01-preview 2022-01-01-preview 2022-04-01"},
    ResourceType{"roleDefinitions", "/roleDefinitions",
                 "2015-05-01-preview 2015-06-01 2015-07-01 2016-07-01 2017-05-01 2017-09-01 "
                 "2018-01-01-preview 2018-07-01 2022-04-01 2022-05-01-preview"},
    ResourceType{"permissions", "/Microsoft.Authorization/permissions",
                 "2014-04-01-preview 2015-05-01-preview 2015-06-01 2015-07-01 2016-07-01 "
                 "2018-01-01-preview 2018-07-01 2022-04-01 2022-05-01-preview"},
    ResourceType{"authorization", "/Microsoft.Authorization", "2015-07-01 2018-07-01 2022-04-01"},
    ResourceType{"createSubscription", "/createSubscription",
                 "2018-11-01-preview 2019-10-01-preview 2020-01-01"},
    ResourceType{"subscriptionOperations", "/subscriptionOperations",
                 "2018-11-01-preview 2019-10-01-preview 2020-01-01 2020-09-01 2021-10-01"},
    ResourceType{"aliases", "/Microsoft.Subscription",
                 "2019-10-01-preview 2020-01-01 2020-09-01 2021-01-01-privatepreview 2021-10-01 "
                 "2024-08-01-preview"},
    ResourceType{"billingAccounts", "/Microsoft.Billing",
                 "2018-11-01-preview 2019-10-01-preview 2020-05-01 2020-09-01 2020-11-01-preview "
                 "2021-10-01 2022-10-01-privatepreview 2023-04-01 2024-04-01"},
    ResourceType{"supportTickets", "/Microsoft.Support",
                 "2019-05-01-preview 2020-04-01 2021-06-01-preview 2022-09-01-preview "
                 "2023-06-01-preview 2024-04-01 2025-06-01-preview 2026-06-01"},
    ResourceType{"calculateRefund", "/calculateRefund", kFrom2022},
    ResourceType{"return", "/return", kFrom2022},
    ResourceType{"archive", "/archive", kFrom2022},
    ResourceType{"unarchive", "/unarchive", kFrom2022},
    ResourceType{"calculateExchange", "/calculateExchange", kFrom2020},
    ResourceType{"exchange", "/exchange", kFrom2020},
    ResourceType{"operationResults", "/operationResults", kFrom2020},
    ResourceType{"reservations", "/Microsoft.Capacity/reservations", kFrom2020},
    ResourceType{"changeDirectory", "/changeDirectory",
                 "2020-11-15-preview 2021-07-01 2022-03-01 2022-04-01 2022-11-01"},
    ResourceType{"catalogs", "/catalogs", kFrom2017},
    ResourceType{"appliedReservations", "/appliedReservations", kFrom2017},
    ResourceType{"operations", "/Microsoft.Capacity/operations", kFrom2017},
    ResourceType{"calculatePrice", "/calculatePrice",
                 "2019-04-01 2020-10-01-preview 2020-11-15-preview 2021-07-01 2022-03-01 "
                 "2022-04-01 2022-11-01"},
    ResourceType{"reservationOrders", "/reservationOrders", kFrom2017},
    ResourceType{"capacity", "/Microsoft.Capacity", kFrom2017},
    ResourceType{"providers", "/providers/{namespace}",
                 "2014-04-01 2015-01-01 2015-11-01 2016-02-01 2016-06-01 2016-09-01 2017-05-10 "
                 "2018-05-01 2019-05-01 2019-06-01 2019-10-01 2020-01-01 2020-06-01 2020-10-01 "
                 "2021-04-01 2022-09-01 2022-12-01"},
    ResourceType{"tenants", "/tenants",
                 "2016-06-01 2018-01-01 2019-06-01 2020-01-01 2021-01-01 "
                 "2021-04-01 2022-09-01 2022-12-01"},
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

std::vector<std::string_view> api_versions(std::string_view path) {
  return split(type_of(path).versions, ' ');
}

std::optional<Error> refused_api_version(const Operation& operation,
                                         const std::map<std::string, std::string>& query) {
  const auto asked = query.find("api-version");
  const std::string version = asked == query.end() ? "" : lower(asked->second);
  if (version.empty()) {
    return Error{ErrorCode::ArmMissingApiVersion, {}, {}};
  }
  const ResourceType& type = type_of(operation.path);
  for (const std::string_view known : split(type.versions, ' ')) {
    if (version == known) {
      return std::nullopt;
    }
  }
  std::string listed{type.versions};
  for (std::size_t at = 0; (at = listed.find(' ', at)) != std::string::npos; at += 2) {
    listed.replace(at, 1, ", ");
  }
  return Error{ErrorCode::ArmNoRegisteredProvider,
               {"global", asked->second, std::string{type.name}, listed},
               {}};
}

}  // namespace pcsim
