#include "domain/commerce/purchase.h"

#include <algorithm>

#include "domain/calendar.h"
#include "domain/commerce/lifecycle.h"
#include "domain/commerce/subscription.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

bool owns(const World& world, const Customer& customer, bool plan) {
  return std::any_of(
      world.subscriptions.begin(), world.subscriptions.end(), [&](const auto& entry) {
        const Subscription& owned = entry.second;
        return owned.customer_id == customer.id && owned.status != SubscriptionStatus::Deleted &&
               (plan ? owned.azure_plan : is_microsoft_azure(owned.offer_id));
      });
}

PartnerKind seller_of(const PurchaseScene& scene) {
  return scene.partner == nullptr ? PartnerKind::Direct : scene.partner->kind;
}

// A customer has one plan, and one per reseller when its partner is an indirect provider.
bool second_plan(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines,
                 std::size_t index) {
  const PurchaseLine& line = lines[index];
  if (!is_azure_plan(line.catalog_item_id)) {
    return false;
  }
  const bool by_reseller = seller_of(scene) == PartnerKind::IndirectProvider;
  const auto same = [&](const std::string& reseller) {
    return !by_reseller || reseller == line.partner_on_record;
  };
  for (std::size_t at = 0; at < index; ++at) {
    if (is_azure_plan(lines[at].catalog_item_id) && same(lines[at].partner_on_record)) {
      return true;
    }
  }
  const auto& all = scene.world.subscriptions;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    const Subscription& owned = entry.second;
    return owned.customer_id == scene.customer.id && owned.azure_plan &&
           owned.status != SubscriptionStatus::Deleted && same(owned.partner_id);
  });
}

bool participants_known(const PurchaseScene& scene, const PurchaseLine& line) {
  return std::all_of(
      line.participants.begin(), line.participants.end(), [&](const Participant& one) {
        return named_partner(scene.world, scene.partner, one.value) == NamedPartner::Reseller;
      });
}

bool has_active_azure(const PurchaseScene& scene, const Subscription* plan) {
  const auto& all = scene.world.azure_subscriptions;
  return plan != nullptr && std::any_of(all.begin(), all.end(), [&](const auto& entry) {
           return plan_of(entry.second, scene.env.now) == plan->id &&
                  azure_active(entry.second, scene.env.now, scene.env.delay);
         });
}

const AzureSubscription* entitlement_of(const PurchaseScene& scene, const PurchaseLine& line) {
  const auto* found = scene.world.azure_subscriptions.find(lower(line.provisioning.entitlement_id));
  return found != nullptr && found->customer_id == scene.customer.id ? found : nullptr;
}

// The quota of the Azure subscription named, else of the offer's own.
std::int64_t cores_of(const PurchaseScene& scene, const PurchaseLine& line) {
  const ProvisioningContext& context = line.provisioning;
  const auto* named = scene.world.azure_subscriptions.find(
      lower(context.entitlement_id.empty() ? context.subscription_id : context.entitlement_id));
  return named == nullptr ? AzureSubscription{}.cores : named->cores;
}

// What has been bought of an item, or of reservations together, and is not cancelled.
std::int64_t units_owned(const PurchaseScene& scene, const PurchaseLine& line,
                         const CatalogueItem& item) {
  std::int64_t out = 0;
  if (item.product != nullptr && item.product->reservation()) {
    for (const auto& [id, one] : scene.world.reservations) {
      const bool counts = one.customer_id == scene.customer.id && !one.cancelled && !one.elsewhere;
      out += counts ? one.quantity : 0;
    }
    return out;
  }
  for (const auto& [id, one] : scene.world.subscriptions) {
    const bool same = one.customer_id == scene.customer.id &&
                      equal_ignoring_case(one.offer_id, line.catalog_item_id);
    out += same && one.status != SubscriptionStatus::Deleted ? one.quantity : 0;
  }
  return out;
}

bool used_before(const PurchaseScene& scene, const PurchaseLine& line) {
  const auto& all = scene.world.subscriptions;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    return entry.second.customer_id == scene.customer.id &&
           equal_ignoring_case(entry.second.offer_id, line.catalog_item_id);
  });
}

// Of the seller's customers: what `counts` takes.
template <class Table, class Counts>
std::size_t count_of_partner(const PurchaseScene& scene, const Table& table, Counts counts) {
  std::size_t out = 0;
  for (const auto& [id, one] : table) {
    const Customer* owner = scene.world.customers.find(one.customer_id);
    out += owner != nullptr && owner->partner_key == scene.customer.partner_key && counts(one);
  }
  return out;
}

std::optional<HoldReason> hold_of(const PurchaseScene& scene, const PurchaseLine& line) {
  for (const auto& [key, hold] : scene.world.holds) {
    if (hold.customer_id == scene.customer.id &&
        (hold.item.empty() || equal_ignoring_case(hold.item, line.catalog_item_id))) {
      return hold.reason;
    }
  }
  return std::nullopt;
}

// The same thing was ordered before, and that order is held up: it takes longer than orders do.
bool in_progress(const PurchaseScene& scene, const PurchaseLine& line) {
  const auto& all = scene.world.orders;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    const Order& order = entry.second;
    return order.customer_id == scene.customer.id && scene.env.now < order.completes &&
           order.completes > order.created + scene.env.delay && order.lines.size() == 1 &&
           equal_ignoring_case(order.lines.front().offer_id, line.catalog_item_id) &&
           order.lines.front().quantity == line.quantity;
  });
}

bool custom_end_shared(const PurchaseScene& scene, const PurchaseLine& line) {
  const auto end = parse_date(line.custom_term_end);
  if (!end) {
    return line.custom_term_end.empty();
  }
  if (*end + kDay == month_end(*end)) {
    return true;
  }
  const auto& all = scene.world.subscriptions;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    const Subscription other = as_of(entry.second, scene.env.now);
    return other.customer_id == scene.customer.id && !other.trial &&
           other.status == SubscriptionStatus::Active &&
           kind_of(other, scene.catalogue) == SubscriptionKind::Seats &&
           day_of(term_end(other)) == *end;
  });
}

// What only the rules about Microsoft, seats and the sandbox ask for.
void add_offer_facts(const PurchaseScene& scene, PurchaseFacts& facts) {
  const PurchaseLine& line = facts.line;
  facts.offer = offer_state(scene.world, line.catalog_item_id, scene.customer.market);
  facts.upgrade = latest_upgrade(scene.world, scene.customer.id);
  facts.hold = hold_of(scene, line);
  facts.cores = cores_of(scene, line);
  facts.base_quantity = facts.parent == nullptr ? line.base_quantity : facts.parent->quantity;
  facts.units_owned = units_owned(scene, line, facts.item);
  facts.sandbox = scene.partner != nullptr && scene.partner->sandbox;
  facts.subscriptions_owned =
      count_of_partner(scene, scene.world.subscriptions, [&](const Subscription& one) {
        return one.customer_id == scene.customer.id && one.status != SubscriptionStatus::Deleted;
      });
  facts.plans_of_partner =
      count_of_partner(scene, scene.world.subscriptions, [](const Subscription& one) {
        return one.azure_plan && one.status != SubscriptionStatus::Deleted;
      });
  facts.azure_of_partner =
      count_of_partner(scene, scene.world.subscriptions, [](const Subscription& one) {
        return is_microsoft_azure(one.offer_id) && one.status == SubscriptionStatus::Active;
      });
  facts.trial_used = facts.item.sku != nullptr && facts.item.sku->trial && used_before(scene, line);
  facts.custom_end_shared = custom_end_shared(scene, line);
  facts.in_progress = in_progress(scene, line);
}

PurchaseFacts facts_of(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines,
                       std::size_t index) {
  const PurchaseLine& line = lines[index];
  const auto item_in = [&](std::size_t from, std::size_t to, bool (*is)(std::string_view)) {
    return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(from),
                       lines.begin() + static_cast<std::ptrdiff_t>(to),
                       [&](const PurchaseLine& one) { return is(one.catalog_item_id); });
  };
  const auto subscription = [&](const std::string& id) {
    return find_subscription(scene.world, scene.customer.id, id, scene.env.now);
  };
  PurchaseFacts facts{
      .line = line,
      .item = scene.catalogue.item(line.catalog_item_id),
      .base = nullptr,
      .market = scene.markets.find(scene.customer.market),
      .subscription = subscription(line.provisioning.subscription_id),
      .entitlement = entitlement_of(scene, line),
      .seller = seller_of(scene),
      .on_record = named_partner(scene.world, scene.partner, line.partner_on_record),
      .offer = nullptr,
      .parent = subscription(line.provisioning.parent_subscription_id),
      .upgrade = nullptr,
      .hold = std::nullopt,
      .subscription_status = SubscriptionStatus::Active,
      .cores = 0,
      .base_quantity = 0,
      .units_owned = 0,
      .subscriptions_owned = 0,
      .plans_of_partner = 0,
      .azure_of_partner = 0,
      .sandbox = false,
      .trial_used = false,
      .custom_end_shared = true,
      .in_progress = false,
      .participants_known = participants_known(scene, line),
      .owns_plan = owns_azure_plan(scene.world, scene.customer),
      .owns_microsoft_azure = owns_microsoft_azure(scene.world, scene.customer),
      .plan_in_basket = item_in(0, lines.size(), is_azure_plan),
      .microsoft_azure_before = item_in(0, index, is_microsoft_azure),
      .second_plan = second_plan(scene, lines, index),
      .plan_has_active_azure = false,
      .entitlement_active = false,
      .entitlement_of_plan = false,
      .now = scene.env.now,
      .delay = scene.env.delay,
      .switches = scene.env.switches};
  facts.plan_has_active_azure = has_active_azure(scene, facts.subscription);
  if (facts.subscription != nullptr) {
    facts.subscription_status = as_of(*facts.subscription, scene.env.now).status;
  }
  add_offer_facts(scene, facts);
  if (facts.entitlement != nullptr) {
    const AzureSubscription& azure = *facts.entitlement;
    facts.entitlement_active = azure_active(azure, scene.env.now, scene.env.delay);
    facts.entitlement_of_plan =
        facts.subscription != nullptr && plan_of(azure, scene.env.now) == facts.subscription->id;
  }
  if (!line.base_item.empty()) {
    facts.base = scene.catalogue.item(line.base_item).product;
  }
  if (facts.parent != nullptr) {
    facts.base = scene.catalogue.item(facts.parent->offer_id).product;
  }
  return facts;
}

std::string yes_no(bool value) { return value ? "yes" : "no"; }

void describe(const PurchaseFacts& facts, Trace& trace) {
  const ProvisioningContext& context = facts.line.provisioning;
  trace.value("item", facts.line.catalog_item_id);
  trace.value("quantity", std::to_string(facts.line.quantity));
  trace.value("market", facts.market == nullptr ? "unknown" : facts.market->iso2);
  trace.value("market sells reservations",
              yes_no(facts.market != nullptr && sells_reservations(*facts.market, facts.switches)));
  trace.value("seller is an indirect provider",
              yes_no(facts.seller == PartnerKind::IndirectProvider));
  trace.value("partner on record", facts.line.partner_on_record);
  trace.value("owns Azure plan", yes_no(facts.owns_plan));
  trace.value("owns MS-AZR-0145P", yes_no(facts.owns_microsoft_azure));
  trace.value("subscription", context.subscription_id);
  if (facts.subscription != nullptr) {
    trace.value("registration",
                std::string{registration_status(*facts.subscription, facts.now, facts.delay)});
    trace.value("plan has an active Azure subscription", yes_no(facts.plan_has_active_azure));
  }
  trace.value("scope", context.scope);
  if (!context.entitlement_id.empty()) {
    trace.value("Azure subscription", context.entitlement_id);
  }
}

std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

}  // namespace

bool is_azure_plan(std::string_view catalog_item_id) {
  return equal_ignoring_case(split(catalog_item_id, ':').front(), kAzurePlanProduct);
}

bool is_microsoft_azure(std::string_view catalog_item_id) {
  return equal_ignoring_case(catalog_item_id, kMicrosoftAzureOffer);
}

bool owns_azure_plan(const World& world, const Customer& customer) {
  return owns(world, customer, true);
}

bool owns_microsoft_azure(const World& world, const Customer& customer) {
  return owns(world, customer, false);
}

NamedPartner named_partner(const World& world, const Partner* seller, std::string_view mpn_id) {
  if (mpn_id.empty()) {
    return NamedPartner::None;
  }
  if (seller != nullptr && seller->mpn_id == mpn_id) {
    return NamedPartner::Oneself;
  }
  for (const auto& [tenant, partner] : world.partners) {
    if (partner.mpn_id != mpn_id) {
      continue;
    }
    // A reseller is the seller's once they have a customer together.
    const std::string reseller = lower(partner.domain);
    const std::string provider = seller == nullptr ? std::string{} : lower(seller->domain);
    const bool related =
        partner.kind == PartnerKind::IndirectReseller &&
        std::any_of(world.customers.begin(), world.customers.end(), [&](const auto& entry) {
          return entry.second.reseller_key == reseller && entry.second.partner_key == provider;
        });
    return related ? NamedPartner::Reseller : NamedPartner::NoReseller;
  }
  return NamedPartner::Unknown;
}

std::string effective_cycle(const PurchaseScene& scene, const PurchaseLine& line) {
  const Sku* sku = scene.catalogue.item(line.catalog_item_id).sku;
  const std::string sent = plain(line.billing_cycle);
  if (sku == nullptr || sku->billing_cycles.empty()) {
    return line.billing_cycle;
  }
  for (const std::string& cycle : sku->billing_cycles) {
    if (sent.empty() || sent == "unknown" || sent == plain(cycle)) {
      return cycle;
    }
  }
  return line.billing_cycle;
}

std::string order_kind(const PurchaseScene& scene, const PurchaseLine& line) {
  return is_legacy_offer(line.catalog_item_id) ? "OMS" : effective_cycle(scene, line);
}

const PurchaseRule* broken_rule(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines,
                                std::size_t index) {
  const PurchaseFacts facts = facts_of(scene, lines, index);
  if (scene.env.trace != nullptr) {
    describe(facts, *scene.env.trace);
  }
  const PurchaseRule* rule = first_broken(purchase_rules(), facts, scene.env.trace);
  return rule != nullptr ? rule : first_broken(offer_rules(), facts, scene.env.trace);
}

std::optional<Error> lines_error(const PurchaseScene& scene,
                                 const std::vector<PurchaseLine>& lines) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (const PurchaseRule* rule = broken_rule(scene, lines, at)) {
      Error error{order_error_of(*rule, scene.env.switches), {}, {}};
      if (rule->arguments != nullptr) {
        error.arguments = rule->arguments(facts_of(scene, lines, at));
      }
      return error;
    }
    if (order_kind(scene, lines[at]) != order_kind(scene, lines.front())) {
      return Error{ErrorCode::InvalidRequestInput, {}, {}};
    }
  }
  return std::nullopt;
}

}  // namespace pcsim
