#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue/catalogue.h"
#include "domain/markets.h"
#include "domain/world.h"
#include "pcsim/error_code.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// One thing a caller wants to buy, on a cart or an order.
struct PurchaseLine {
  std::string catalog_item_id{}, billing_cycle{}, currency_code{};
  std::int64_t quantity = 1;
  ProvisioningContext provisioning{};
  std::string term_duration{};
  std::vector<Participant> participants{};
  std::string partner_on_record{};  ///< MPN id of the reseller of the line
  std::string base_item{};          ///< what an add-on is bought along with
  bool repeats_id = false;          ///< whether an earlier line has its id
  std::string promotion_id{}, custom_term_end{};
  bool attested = false;           ///< whether the caller attests what the SKU wants attested
  std::int64_t base_quantity = 0;  ///< seats of what an add-on is bought along with
};

/// What a named MPN id is to the partner that names it.
enum class NamedPartner { None, Unknown, Oneself, NoReseller, Reseller };

/// What the purchase rules know of a line.
struct PurchaseFacts {
  const PurchaseLine& line;
  CatalogueItem item;
  const Product* base;  ///< what an add-on extends; null when unknown
  const Market* market;
  const Subscription* subscription;      ///< of the provisioning context; null when unknown
  const AzureSubscription* entitlement;  ///< of the provisioning context; null when unknown
  PartnerKind seller;
  NamedPartner on_record;
  const OfferState* offer;        ///< null when Microsoft said nothing about the item
  const Subscription* parent;     ///< of an add-on; null when none is named or it is unknown
  const ProductUpgrade* upgrade;  ///< the customer's latest way to the plan; null when none
  std::optional<HoldReason> hold;
  SubscriptionStatus subscription_status;
  std::int64_t cores;          ///< vCPU quota of the Azure subscription that a single scope means
  std::int64_t base_quantity;  ///< seats of what an add-on extends
  std::int64_t units_owned;    ///< what the customer has of the item, or of reservations
  std::size_t subscriptions_owned, plans_of_partner, azure_of_partner;
  bool sandbox, trial_used, custom_end_shared, in_progress;
  bool participants_known, owns_plan, owns_microsoft_azure, plan_in_basket, microsoft_azure_before,
      second_plan, plan_has_active_azure, entitlement_active, entitlement_of_plan;
  Instant now, delay;
  const Switches& switches;
};

/// Other errors of a rule when a switch is set.
struct OtherErrors {
  SwitchOption when;
  ErrorCode line_error, order_error;
};

/// One rule: the error of a cart line, the error of an order, and when it is broken.
struct PurchaseRule {
  std::string_view name;
  ErrorCode line_error;
  ErrorCode order_error;
  bool (*broken)(const PurchaseFacts&);
  std::string_view source;
  std::optional<OtherErrors> other = std::nullopt;
  std::vector<std::string> (*arguments)(const PurchaseFacts&) = nullptr;  ///< of the order's error
};

/// All purchase rules in the order they are applied: what a line says, then what Microsoft, the
/// seats and the sandbox make of it.
std::span<const PurchaseRule> purchase_rules();
std::span<const PurchaseRule> offer_rules();

/// The error of a cart line, and of an order, that breaks `rule`.
ErrorCode line_error_of(const PurchaseRule& rule, const Switches& switches);
ErrorCode order_error_of(const PurchaseRule& rule, const Switches& switches);

/// The state of a customer's way to the Azure plan.
enum class UpgradeState { Pending, InProgress, Completed, Failed };
UpgradeState state_of(const ProductUpgrade& upgrade, Instant now);

/// The customer's latest way to the plan; null when there is none.
const ProductUpgrade* latest_upgrade(const World& world, const std::string& customer_id);

/// What a purchase is decided on; without a partner the customer's partner is taken to be direct.
struct PurchaseScene {
  const World& world;
  const Customer& customer;
  const Catalogue& catalogue;
  const MarketTable& markets;
  const Env& env;
  const Partner* partner = nullptr;
};

/// The first rule the line at `index` breaks when all of `lines` are bought together, or null.
const PurchaseRule* broken_rule(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines,
                                std::size_t index);

/// The error an order with `lines` is refused with.
std::optional<Error> lines_error(const PurchaseScene& scene,
                                 const std::vector<PurchaseLine>& lines);

/// The billing cycle a line is bought with: what it says, else the first the SKU supports.
std::string effective_cycle(const PurchaseScene& scene, const PurchaseLine& line);

/// What lines of one order have in common: `OMS` for legacy offers, else the billing cycle.
std::string order_kind(const PurchaseScene& scene, const PurchaseLine& line);

bool is_azure_plan(std::string_view catalog_item_id);
bool is_microsoft_azure(std::string_view catalog_item_id);

/// Whether the customer has an undeleted Azure plan, or an undeleted MS-AZR-0145P subscription.
bool owns_azure_plan(const World& world, const Customer& customer);
bool owns_microsoft_azure(const World& world, const Customer& customer);

/// What the partner with the MPN id is to `seller`: one of its resellers, itself, or nothing.
NamedPartner named_partner(const World& world, const Partner* seller, std::string_view mpn_id);

}  // namespace pcsim
