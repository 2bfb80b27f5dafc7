#include "domain/commerce/cart.h"

#include <algorithm>
#include <set>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr Instant kLongLife = 7 * kDay;
constexpr Instant kShortLife = 15 * 60 * kSecond;

/// A cart line or one of its add-ons as something to buy.
struct Wanted {
  CartLine* line;
  PurchaseLine purchase;
  std::optional<std::size_t> base{};  ///< place of the line the add-on belongs to
};

PurchaseLine purchase_of(const CartLine& line) {
  PurchaseLine out;
  out.catalog_item_id = line.catalog_item_id;
  out.billing_cycle = line.billing_cycle;
  out.currency_code = line.currency_code;
  out.quantity = line.quantity;
  out.provisioning = line.provisioning;
  out.term_duration = line.term_duration;
  out.participants = line.participants;
  out.promotion_id = line.promotion_id;
  out.custom_term_end = line.custom_term_end;
  out.attested = line.attested;
  for (const Participant& one : line.participants) {
    if (one.key == "transaction_reseller") {
      out.partner_on_record = one.value;
    }
  }
  return out;
}

bool placed(const Cart& cart, const std::string& group) {
  return std::any_of(cart.placed.begin(), cart.placed.end(),
                     [&](const PlacedGroup& one) { return one.group == group; });
}

/// The lines and add-ons that `wants` takes.
template <class Wants>
std::vector<Wanted> wanted_of(std::vector<CartLine>& lines, Wants wants) {
  std::vector<Wanted> out;
  std::set<int> ids;
  const auto add = [&](CartLine& line) {
    const bool repeats_id = !ids.insert(line.id).second;
    if (!wants(line)) {
      return false;
    }
    out.push_back({&line, purchase_of(line)});
    out.back().purchase.repeats_id = repeats_id;
    return true;
  };
  for (CartLine& line : lines) {
    const std::size_t base = out.size();
    const bool with_base = add(line);
    for (CartLine& addon : line.addons) {
      if (add(addon)) {
        out.back().purchase.base_item = line.catalog_item_id;
        out.back().purchase.base_quantity = line.quantity;
        out.back().base = with_base ? std::optional{base} : std::nullopt;
      }
    }
  }
  return out;
}

std::vector<PurchaseLine> purchases_of(const std::vector<Wanted>& wanted) {
  std::vector<PurchaseLine> out;
  for (const Wanted& one : wanted) {
    out.push_back(one.purchase);
  }
  return out;
}

// Legacy offers are one group; the others share one by billing cycle, numbered as they appear.
void assign_groups(const PurchaseScene& scene, const std::vector<Wanted>& wanted) {
  std::vector<std::string> kinds;
  for (const Wanted& one : wanted) {
    const std::string kind = order_kind(scene, one.purchase);
    if (kind == "OMS") {
      one.line->order_group = "OMS-0";
      continue;
    }
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    one.line->order_group = std::to_string(found - kinds.begin());
    if (found == kinds.end()) {
      kinds.push_back(kind);
    }
  }
}

void assess(const PurchaseScene& scene, std::vector<Wanted>& wanted) {
  const Market* market = scene.markets.find(scene.customer.market);
  const std::vector<PurchaseLine> purchases = purchases_of(wanted);
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    CartLine& line = *wanted[at].line;
    line.error.reset();
    if (const PurchaseRule* rule = broken_rule(scene, purchases, at)) {
      line.error = line_error_of(*rule, scene.env.switches);
    }
    line.billing_cycle = effective_cycle(scene, wanted[at].purchase);
    if (line.currency_code.empty() && market != nullptr) {
      line.currency_code = market->currency;
    }
  }
}

void fill(Cart& cart, const PurchaseScene& scene, std::string user_id, CartDraft draft) {
  assess_lines(scene, draft.lines);
  cart.lines = std::move(draft.lines);
  cart.partner_attested = draft.partner_attested;
  cart.modified = scene.env.now;
  cart.last_modified_user = std::move(user_id);
}

// The lines of one group as an order's, numbered anew.
std::vector<PlacedLine> group_lines(const std::vector<Wanted>& wanted, const std::string& group) {
  std::vector<PlacedLine> out;
  std::vector<std::size_t> places(wanted.size());
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    const Wanted& one = wanted[at];
    if (one.line->order_group != group) {
      continue;
    }
    places[at] = out.size();
    PlacedLine line{one.purchase, one.line->friendly_name, one.line->renews_to,
                    static_cast<int>(out.size()), std::nullopt};
    if (one.base && wanted[*one.base].line->order_group == group) {
      line.base = places[*one.base];
    }
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> groups_of(const std::vector<Wanted>& wanted) {
  std::vector<std::string> out;
  for (const Wanted& one : wanted) {
    if (std::find(out.begin(), out.end(), one.line->order_group) == out.end()) {
      out.push_back(one.line->order_group);
    }
  }
  return out;
}

}  // namespace

void assess_lines(const PurchaseScene& scene, std::vector<CartLine>& lines) {
  std::vector<Wanted> wanted = wanted_of(lines, [](const CartLine&) { return true; });
  assess(scene, wanted);
  assign_groups(scene, wanted);
}

Cart& create_cart(World& world, Env& env, const PurchaseScene& scene, std::string user_id,
                  CartDraft draft) {
  Cart cart;
  cart.id = env.ids.guid();
  cart.customer_id = scene.customer.id;
  cart.created = env.now;
  cart.expires =
      env.now + (env.switches.is({Switch::CartLife, "seven-days"}) ? kLongLife : kShortLife);
  fill(cart, scene, std::move(user_id), std::move(draft));
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
                         CartDraft draft) {
  if (!cart.placed.empty()) {
    return Error{ErrorCode::CartAlreadySubmitted, {cart.id}, {}};
  }
  fill(cart, scene, std::move(user_id), std::move(draft));
  return Done{};
}

Result<std::vector<GroupError>> checkout(World& world, Env& env, const PurchaseScene& scene,
                                         Cart& cart) {
  std::vector<GroupError> refused;
  if (cart.processing_until && env.now < *cart.processing_until) {
    return Error{ErrorCode::CartBeingProcessed, {cart.id}, {}};
  }
  if (cart.ordered) {
    if (env.switches.is({Switch::CheckoutTwice, "refused"})) {
      return Error{ErrorCode::CartAlreadySubmitted, {cart.id}, {}};
    }
    return refused;
  }
  std::vector<Wanted> wanted =
      wanted_of(cart.lines, [&](const CartLine& line) { return !placed(cart, line.order_group); });
  assess(scene, wanted);
  if (std::any_of(wanted.begin(), wanted.end(),
                  [](const Wanted& one) { return one.line->error.has_value(); })) {
    return ErrorCode::CartItemsInError;
  }
  for (const std::string& group : groups_of(wanted)) {
    const std::vector<PlacedLine> lines = group_lines(wanted, group);
    std::vector<PurchaseLine> purchases;
    for (const PlacedLine& line : lines) {
      purchases.push_back(line.purchase);
    }
    if (const auto allowed = check_order(scene, purchases, cart.partner_attested); !allowed) {
      refused.push_back({group, allowed.error()});
      continue;
    }
    cart.placed.push_back(
        {group, lower(place_order(world, env, scene, lines, cart.partner_attested).id)});
  }
  if (cart.placed.empty()) {
    return refused.front().error;
  }
  cart.ordered = refused.empty();
  return refused;
}

}  // namespace pcsim
