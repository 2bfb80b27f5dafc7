#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/cart.h"
#include "codec/partner_center/order.h"
#include "codec/reference_data.h"
#include "domain/commerce/cart.h"

namespace pcsim {
namespace {

// The path's cart of the path's customer.
Result<const Cart*> cart_of(const Call& call) {
  return find_cart(call.world, customer_of(call).id, call.path.at("cartId"), call.env.now);
}

}  // namespace

Result<Reply> handle_CreateCart(const Call& call) {
  const Customer& customer = customer_of(call);
  auto lines = read_cart_lines(call.body);
  if (lines.empty()) {
    return ErrorCode::InvalidRequestInput;
  }
  const Cart& cart = create_cart(call.world, call.env, scene_of(call, customer),
                                 call.principal.object_id, std::move(lines));
  return Reply{0, cart_json(cart).dump(), {}};
}

Result<Reply> handle_GetCart(const Call& call) {
  PCSIM_TRY(cart, cart_of(call));
  return Reply{0, cart_json(*cart).dump(), {}};
}

Result<Reply> handle_UpdateCart(const Call& call) {
  PCSIM_TRY(cart, cart_of(call));
  auto lines = read_cart_lines(call.body);
  if (lines.empty()) {
    return ErrorCode::InvalidRequestInput;
  }
  Cart& open = *call.world.carts.edit(cart->id);
  PCSIM_TRY(updated, update_cart(open, scene_of(call, customer_of(call)), call.principal.object_id,
                                 std::move(lines)));
  static_cast<void>(updated);
  return Reply{0, cart_json(open).dump(), {}};
}

Result<Reply> handle_CheckoutCart(const Call& call) {
  const Customer& customer = customer_of(call);
  PCSIM_TRY(found, cart_of(call));
  Cart& cart = *call.world.carts.edit(found->id);
  const bool again = cart.ordered;
  PCSIM_TRY(done, checkout(call.world, call.env, scene_of(call, customer), cart));
  static_cast<void>(done);
  nlohmann::ordered_json out;
  out["orders"] = nlohmann::ordered_json::array();
  for (const std::string& id : cart.order_ids) {
    const Order& order = *call.world.orders.find(id);
    if (!again) {
      record_order(call, customer, order);
    }
    out["orders"].push_back(order_json(order, call.reference.catalogue, call.env.now));
  }
  out["attributes"]["objectType"] = "CartCheckoutResult";
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
