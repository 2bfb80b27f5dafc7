#include <array>
#include <nlohmann/json.hpp>

#include "app/handlers.h"

namespace pcsim {
namespace {

struct ProviderOperation {
  const char *name, *resource, *operation;
};

// Source: Azure permissions for Management and governance, Microsoft.Capacity.
constexpr std::array kOperations{
    ProviderOperation{"calculateprice/action", "Price", "Calculate any Reservation Price"},
    ProviderOperation{"checkoffers/action", "Offers", "Check any Subscription Offers"},
    ProviderOperation{"checkscopes/action", "Scopes", "Check any Subscription"},
    ProviderOperation{"validatereservationorder/action", "Reservation Order",
                      "Validate any Reservation"},
    ProviderOperation{"register/action", "Capacity", "Register the Capacity resource provider"},
    ProviderOperation{"unregister/action", "Capacity", "Unregister any Tenant"},
    ProviderOperation{"calculateexchange/action", "Exchange", "Calculate an exchange"},
    ProviderOperation{"exchange/action", "Exchange", "Exchange any Reservation"},
    ProviderOperation{"catalogs/read", "Catalog", "Read catalog of Reservations"},
    ProviderOperation{"appliedreservations/read", "Applied Reservations", "Read All Reservations"},
    ProviderOperation{"reservationorders/read", "Reservation Order", "Read All Reservations"},
    ProviderOperation{"reservationorders/write", "Reservation Order", "Create any Reservation"},
    ProviderOperation{"reservationorders/delete", "Reservation Order", "Delete any Reservation"},
    ProviderOperation{"reservationorders/action", "Reservation Order", "Update any Reservation"},
    ProviderOperation{"reservationorders/availablescopes/action", "Reservation Order",
                      "Find any Available Scope"},
    ProviderOperation{"reservationorders/return/action", "Reservation Order",
                      "Return any Reservation"},
    ProviderOperation{"reservationorders/split/action", "Reservation Order",
                      "Split any Reservation"},
    ProviderOperation{"reservationorders/merge/action", "Reservation Order",
                      "Merge any Reservation"},
    ProviderOperation{"reservationorders/calculaterefund/action", "Reservation Order",
                      "Computes refund amount and price of new purchase"},
    ProviderOperation{"reservationorders/changedirectory/action", "Reservation Order",
                      "Change directory of any reservation"},
    ProviderOperation{"reservationorders/splitoperationresults/read", "Reservation Order",
                      "Poll any split operation"},
    ProviderOperation{"reservationorders/mergeoperationresults/read", "Reservation Order",
                      "Poll any merge operation"},
    ProviderOperation{"reservationorders/reservations/read", "Reservation",
                      "Read All Reservations"},
    ProviderOperation{"reservationorders/reservations/write", "Reservation",
                      "Create any Reservation"},
    ProviderOperation{"reservationorders/reservations/archive/action", "Reservation",
                      "Archive a reservation which is in a terminal state"},
    ProviderOperation{"reservationorders/reservations/unarchive/action", "Reservation",
                      "Unarchive a reservation which was previously archived"},
    ProviderOperation{"reservationorders/reservations/availablescopes/action", "Reservation",
                      "Find any Available Scope"},
    ProviderOperation{"reservationorders/reservations/revisions/read", "Reservation",
                      "Read All Reservations"},
};

}  // namespace

Result<Reply> handle_ArmListCapacityOperations(const Call&) {
  auto values = nlohmann::ordered_json::array();
  for (const ProviderOperation& row : kOperations) {
    nlohmann::ordered_json one;
    one["name"] = std::string{"Microsoft.Capacity/"} + row.name;
    one["isDataAction"] = false;
    one["display"]["provider"] = "Microsoft Capacity";
    one["display"]["resource"] = row.resource;
    one["display"]["operation"] = row.operation;
    one["display"]["description"] = row.operation;
    one["origin"] = "user,system";
    values.push_back(std::move(one));
  }
  nlohmann::ordered_json out;
  out["value"] = std::move(values);
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
