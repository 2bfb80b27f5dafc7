#include "codec/partner_center/order_status.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "codec/partner_center/line_parts.h"
#include "codec/partner_center/order.h"
#include "pcsim/text.h"

namespace pcsim {

using nlohmann::ordered_json;

OrderChange read_order_change(const nlohmann::json& body, const Order& order,
                              const std::string& etag) {
  OrderDraft draft = read_order(body);
  OrderChange out;
  out.status = lower(partner_center::text_of(body, "status"));
  out.billing_cycle = billing_cycle_member(body);
  out.lines = std::move(draft.lines);
  out.partner_attested = draft.partner_attested;
  out.etag_stale = legacy_order(order) && !etag_current(etag, order.id, order.version);
  return out;
}

ordered_json line_provisioning_json(const OrderLine& line, bool completed) {
  const char* status = line.quantity == 0 ? "unfulfilled"
                       : completed        ? "fulfilled"
                                          : "prefulfillment_pending";
  ordered_json part;
  part["quantity"] = line.quantity;
  part["status"] = status;
  ordered_json out;
  out["orderLineItemId"] = line.number;
  out["lineItemNumber"] = line.number;
  out["status"] = status;
  out["quantityProvisioningInformation"] = ordered_json::array({std::move(part)});
  return out;
}

ordered_json activation_link_json(const OrderLine& line, bool sandbox) {
  const std::string place = sandbox ? "https://activate.example.com/sandbox"
                                    : "https://activate.example.com/" + line.subscription_id;
  ordered_json out;
  out["lineItemNumber"] = line.number;
  out["link"] = partner_center::link(place);
  return out;
}

}  // namespace pcsim
