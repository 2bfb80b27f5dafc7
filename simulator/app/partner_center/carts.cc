#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/cart.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/order.h"
#include "codec/reference_data.h"
#include "domain/commerce/cart.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

// The path's cart of the path's customer.
Result<const Cart*> cart_of(const Call& call) {
  return find_cart(call.world, customer_of(call).id, call.path.at("cartId"), call.env.now);
}

Result<CartDraft> draft_of(const Call& call) {
  CartDraft draft = read_cart(call.body);
  if (draft.lines.empty()) {
    return ErrorCode::InvalidRequestInput;
  }
  return draft;
}

std::string cart_text(const Call& call, const Cart& cart) {
  return json_text([&](JsonPlace place) { write_cart(place, cart, call.env.locale); });
}

void write_group_error(JsonPlace place, const GroupError& refused, Locale locale) {
  const ErrorRow& row = error_row(refused.error.code);
  const JsonObject out{place};
  out["orderGroupId"] = refused.group;
  out["code"] = std::stoi(std::string{row.code});
  out["description"] = error_text(refused.error, locale);
}

/// What a checkout answers: every order of the cart, and the groups that were refused.
std::string checkout_text(const Call& call, const Cart& cart,
                          const std::vector<GroupError>& refused) {
  return json_text([&](JsonPlace place) {
    const JsonObject out{place};
    {
      const JsonArray orders{out["orders"]};
      for (const auto& placed : cart.placed) {
        write_order(orders.next(), *call.world.orders.find(placed.order_id),
                    call.reference.catalogue, call.env.now);
      }
    }
    if (!refused.empty()) {
      const JsonArray errors{out["orderErrors"]};
      for (const GroupError& one : refused) {
        write_group_error(errors.next(), one, call.env.locale);
      }
    }
    partner_center::add_attributes(out, "CartCheckoutResult");
  });
}

}  // namespace

Result<Reply> handle_CreateCart(const Call& call) {
  PCSIM_TRY(draft, draft_of(call));
  const Cart& cart = create_cart(call.world, call.env, scene_of(call, customer_of(call)),
                                 call.principal.object_id, std::move(draft));
  return Reply{0, cart_text(call, cart), {}};
}

Result<Reply> handle_GetCart(const Call& call) {
  PCSIM_TRY(cart, cart_of(call));
  return Reply{0, cart_text(call, *cart), {}};
}

Result<Reply> handle_UpdateCart(const Call& call) {
  PCSIM_TRY(cart, cart_of(call));
  PCSIM_TRY(draft, draft_of(call));
  // A refused update leaves the cart alone: what is changed is a copy.
  Cart open = *cart;
  PCSIM_TRY(updated, update_cart(open, scene_of(call, customer_of(call)), call.principal.object_id,
                                 std::move(draft)));
  static_cast<void>(updated);
  std::string shown = cart_text(call, open);
  *call.world.carts.edit(lower(open.id)) = std::move(open);
  return Reply{0, std::move(shown), {}};
}

Result<Reply> handle_CheckoutCart(const Call& call) {
  const Customer& customer = customer_of(call);
  PCSIM_TRY(found, cart_of(call));
  Cart cart = *found;
  const std::size_t before = cart.placed.size();
  PCSIM_TRY(refused, checkout(call.world, call.env, scene_of(call, customer), cart));
  *call.world.carts.edit(lower(cart.id)) = cart;
  for (std::size_t at = before; at < cart.placed.size(); ++at) {
    record_order(call, customer, *call.world.orders.find(cart.placed[at].order_id));
  }
  return Reply{0, checkout_text(call, cart, refused), {}};
}

}  // namespace pcsim
