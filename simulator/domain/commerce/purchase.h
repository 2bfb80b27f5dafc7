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
  bool participants_known, owns_plan, owns_microsoft_azure, plan_in_basket, microsoft_azure_before,
      second_plan, plan_has_active_azure;
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
};

/// All purchase rules in the order they are applied.
std::span<const PurchaseRule> purchase_rules();

/// The error of a cart line, and of an order, that breaks `rule`.
ErrorCode line_error_of(const PurchaseRule& rule, const Switches& switches);
ErrorCode order_error_of(const PurchaseRule& rule, const Switches& switches);

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
