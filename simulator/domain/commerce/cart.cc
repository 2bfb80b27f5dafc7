#include "domain/commerce/cart.h"

#include <algorithm>
#include <map>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

PurchaseLine purchase_of(const CartLine& line) {
  return {line.catalog_item_id, line.billing_cycle, line.currency_code, line.quantity,
          line.provisioning};
}

bool holds_plan(const std::vector<CartLine>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const CartLine& line) { return is_azure_plan(line.catalog_item_id); });
}

}  // namespace

void assess_lines(const PurchaseScene& scene, std::vector<CartLine>& lines) {
  const Market* market = scene.markets.find(scene.customer.market);
  const bool plan = holds_plan(lines);
  for (CartLine& line : lines) {
    line.error.reset();
    if (const PurchaseRule* rule = broken_rule(scene, purchase_of(line), plan)) {
      const ErrorRow& row = error_row(rule->line_error);
      line.error = LineError{std::stoi(std::string(row.code)), std::string(row.text_en)};
    }
    if (line.currency_code.empty() && market != nullptr) {
      line.currency_code = market->currency;
    }
    line.order_group = is_microsoft_azure(line.catalog_item_id) ? "OMS-0" : "0";
  }
}

Cart& create_cart(World& world, Env& env, const PurchaseScene& scene, std::string user_id,
                  std::vector<CartLine> lines) {
  Cart cart;
  cart.id = env.ids.guid();
  cart.customer_id = scene.customer.id;
  cart.last_modified_user = std::move(user_id);
  cart.created = cart.modified = env.now;
  cart.expires = env.now + kCartLife;
  assess_lines(scene, lines);
  cart.lines = std::move(lines);
  const std::string id = cart.id;
  return world.carts.put(id, std::move(cart));
}

Result<const Cart*> find_cart(const World& world, std::string_view customer_id, std::string_view id,
                              Instant now) {
  const Cart* found = world.carts.find(lower(id));
  if (found == nullptr || found->customer_id != customer_id || now >= found->expires) {
    return ErrorCode::CartNotFound;
  }
  return found;
}

Result<Done> update_cart(Cart& cart, const PurchaseScene& scene, std::string user_id,
                         std::vector<CartLine> lines) {
  if (cart.ordered) {
    return Error{ErrorCode::CartAlreadySubmitted, {cart.id}, {}};
  }
  assess_lines(scene, lines);
  cart.lines = std::move(lines);
  cart.modified = scene.env.now;
  cart.last_modified_user = std::move(user_id);
  return Done{};
}

Result<Done> checkout(World& world, Env& env, const PurchaseScene& scene, Cart& cart) {
  if (cart.ordered) {
    return Done{};
  }
  if (!agreement_accepted(world, scene.customer)) {
    return ErrorCode::AgreementNotAccepted;
  }
  assess_lines(scene, cart.lines);
  if (std::any_of(cart.lines.begin(), cart.lines.end(),
                  [](const CartLine& line) { return line.error.has_value(); })) {
    return ErrorCode::CartItemsInError;
  }
  const Market* market = scene.markets.find(scene.customer.market);
  if (market == nullptr) {
    return ErrorCode::OfferNotAvailableInCountry;
  }
  std::map<std::string, std::vector<PlacedLine>> groups;
  for (const CartLine& line : cart.lines) {
    groups[line.order_group].push_back({purchase_of(line), line.friendly_name, line.term_duration});
  }
  for (const auto& [group, lines] : groups) {
    cart.order_ids.push_back(
        place_order(world, env, scene.customer, scene.catalogue, *market, lines).id);
  }
  cart.ordered = true;
  return Done{};
}

}  // namespace pcsim
