#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/entitlement.h"
#include "codec/reference_data.h"
#include "domain/commerce/order.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kLegacyType = "virtualmachinereservedinstance";

std::string reservation_kind(const Call& call, const Reservation& reservation) {
  const Product* product = call.reference.catalogue.find(reservation.product_id);
  return product == nullptr ? "virtualmachines" : lower(product->sub_type);
}

// What a customer bought elsewhere is none of its partner's business.
bool sold_and_kept(const Reservation& reservation) {
  return !reservation.cancelled && !reservation.elsewhere;
}

bool software(const Product& product) {
  return product.provision() == Provision::Software ||
         product.provision() == Provision::SoftwareSubscription;
}

// Software is not kept beside its order: the completed order says it all.
void add_software(const Call& call, const Customer& customer, bool show_expiry,
                  nlohmann::ordered_json& items) {
  for (const auto& [id, order] : call.world.orders) {
    if (order.customer_id != customer.id || !completed(order, call.env.now)) {
      continue;
    }
    for (const OrderLine& line : order.lines) {
      if (line.quantity == 0) {
        continue;
      }
      const CatalogueItem item = call.reference.catalogue.item(line.offer_id);
      if (item.sku != nullptr && software(*item.product)) {
        items.push_back(software_entitlement_json(order, line, item, show_expiry));
      }
    }
  }
}

// The name of the array follows the contract the path asks for, unless it is fixed.
std::string_view array_name(const Call& call, bool legacy) {
  if (call.env.switches.is({Switch::ReservationArtifact, "by-contract"})) {
    return legacy ? "virtualMachineReservations" : "reservations";
  }
  return call.env.switches.chosen(Switch::ReservationArtifact);
}

}  // namespace

Result<Reply> handle_ListEntitlements(const Call& call) {
  const Customer& customer = customer_of(call);
  const auto filter = call.query.find("entitlementtype");
  const std::string type = filter == call.query.end() ? "" : lower(filter->second);
  const bool legacy = type == kLegacyType;
  if (!type.empty() && !legacy && type != "reservedinstance" && type != "software") {
    return ErrorCode::InvalidRequestInput;
  }
  const auto expiry = call.query.find("showexpiry");
  const bool show_expiry =
      expiry != call.query.end() && equal_ignoring_case(expiry->second, "true");
  auto items = nlohmann::ordered_json::array();
  for (const auto& [id, reservation] : call.world.reservations) {
    const std::string kind = reservation_kind(call, reservation);
    if (reservation.customer_id == customer.id && sold_and_kept(reservation) &&
        type != "software" && reservation.succeeds <= call.env.now &&
        (!legacy || kind == "virtualmachines")) {
      const Order* order = call.world.orders.find(lower(reservation.partner_order_id));
      items.push_back(entitlement_json(reservation, order, kind, legacy, show_expiry));
    }
  }
  if (type.empty() || type == "software") {
    add_software(call, customer, show_expiry, items);
  }
  return Reply{0, partner_center::collection(items), {}};
}

Result<Reply> handle_GetReservationArtifact(const Call& call) {
  const std::string type = lower(call.path.at("type"));
  const bool legacy = type == kLegacyType;
  if (!legacy && type != "reservedinstance") {
    return ErrorCode::ArtifactNotFound;
  }
  const std::string customer_id = customer_of(call).id;
  for (const auto& [id, reservation] : call.world.reservations) {
    if (reservation.customer_id == customer_id && sold_and_kept(reservation) &&
        reservation.succeeds <= call.env.now &&
        equal_ignoring_case(reservation.artifact_group, call.path.at("groupId")) &&
        equal_ignoring_case(reservation.artifact_line, call.path.at("lineItemId")) &&
        equal_ignoring_case(reservation.order_id, call.path.at("resourceId"))) {
      return Reply{
          0, artifact_json(reservation, legacy, array_name(call, legacy), call.env.now).dump(), {}};
    }
  }
  return ErrorCode::ArtifactNotFound;
}

}  // namespace pcsim
