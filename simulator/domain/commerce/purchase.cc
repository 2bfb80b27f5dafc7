#include "domain/commerce/purchase.h"

#include <algorithm>

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

bool has_active_azure(const World& world, const Subscription* plan) {
  const auto& all = world.azure_subscriptions;
  return plan != nullptr && std::any_of(all.begin(), all.end(), [&](const auto& entry) {
           return entry.second.plan_id == plan->id && entry.second.active;
         });
}

const AzureSubscription* entitlement_of(const PurchaseScene& scene, const PurchaseLine& line) {
  const auto* found = scene.world.azure_subscriptions.find(lower(line.provisioning.entitlement_id));
  return found != nullptr && found->customer_id == scene.customer.id ? found : nullptr;
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
      .participants_known = participants_known(scene, line),
      .owns_plan = owns_azure_plan(scene.world, scene.customer),
      .owns_microsoft_azure = owns_microsoft_azure(scene.world, scene.customer),
      .plan_in_basket = item_in(0, lines.size(), is_azure_plan),
      .microsoft_azure_before = item_in(0, index, is_microsoft_azure),
      .second_plan = second_plan(scene, lines, index),
      .plan_has_active_azure = false,
      .now = scene.env.now,
      .delay = scene.env.delay,
      .switches = scene.env.switches};
  facts.plan_has_active_azure = has_active_azure(scene.world, facts.subscription);
  if (!line.base_item.empty()) {
    facts.base = scene.catalogue.item(line.base_item).product;
  }
  if (const auto* parent = subscription(line.provisioning.parent_subscription_id)) {
    facts.base = scene.catalogue.item(parent->offer_id).product;
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
  return first_broken(purchase_rules(), facts, scene.env.trace);
}

std::optional<Error> lines_error(const PurchaseScene& scene,
                                 const std::vector<PurchaseLine>& lines) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (const PurchaseRule* rule = broken_rule(scene, lines, at)) {
      Error error{order_error_of(*rule, scene.env.switches), {}, {}};
      if (error.code == ErrorCode::ScopeNotSupported) {
        error.arguments.push_back(lines[at].provisioning.scope);
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
