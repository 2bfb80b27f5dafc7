#include "domain/commerce/commerce_testing.h"

#include <utility>

namespace pcsim::testing_shop {
namespace {

Product product(const std::string& id, const std::string& type, std::vector<std::string> views,
                std::vector<std::string> cycles, std::int64_t maximum = 1) {
  Product out{id, id, id, type, "", std::move(views), {}};
  Sku sku;
  sku.id = "0001";
  sku.maximum_quantity = maximum;
  sku.billing_cycles = std::move(cycles);
  sku.availabilities = {{"A", id + ":0001:A", "commercial"}};
  out.skus.push_back(std::move(sku));
  return out;
}

Product legacy_product(const std::string& id, std::int64_t maximum = 1) {
  Product out = product(id, "OnlineServices", {"OnlineServices"}, {"monthly", "annual"}, maximum);
  out.skus[0].availabilities = {{"A", id, "commercial"}};
  return out;
}

Product reservations() {
  Product out = product("R", "Azure", {"AzureReservations"}, {"one_time"}, 1000);
  Sku& sku = out.skus[0];
  sku.arm_sku_name = "Standard_D4";
  sku.arm_region = "westus2";
  sku.term = "P1Y";
  sku.duration = "1Year";
  sku.cores = 4;
  sku.availabilities = {{"L", kUnderMicrosoftAzure, "commercial"},
                        {"P", kUnderPlan, "commercial", ReservationScope::AzurePlan}};
  Sku restricted = sku;
  restricted.id = "0002";
  restricted.arm_region = "japanwest";
  restricted.availabilities = {{"P", kRestricted, "commercial", ReservationScope::AzurePlan}};
  Sku small = sku;
  small.id = "0003";
  small.arm_sku_name = "Standard_B1s";
  small.availabilities = {{"P", kSandboxSize, "commercial", ReservationScope::AzurePlan}};
  out.skus.push_back(std::move(restricted));
  out.skus.push_back(std::move(small));
  return out;
}

Product seats(const std::string& id) {
  Product out = product(id, "OnlineServicesNCE", {"OnlineServices"}, {"monthly", "annual"}, 300);
  out.skus[0].term = "P1Y";
  out.skus[0].terms = {"P1M", "P1Y", "P3Y"};
  out.skus[0].promotions = {"promo"};
  return out;
}

void add_seats(std::vector<Product>& out) {
  out.push_back(seats("N"));
  Sku trial = out.back().skus[0];
  trial.id = "0002";
  trial.trial = true;
  trial.availabilities = {{"A", kTrial, "commercial"}};
  out.back().skus.push_back(std::move(trial));
  out.push_back(seats("NA"));
  out.back().addon_of = {"N"};
  out.back().skus[0].minimum_quantity = 5;
  out.back().skus[0].minimum_base_quantity = 10;
  out.push_back(seats("T"));
  out.back().skus[0].attestation = "Something";
  out.push_back(product("Q", "Software", {"Software"}, {"one_time"}, 100));
  out.back().sub_type = "SoftwareSubscriptions";
  out.push_back(product("M", "SaaS", {"MarketplaceSaaS"}, {"monthly"}, 100));
  out.back().microsoft = false;
  out.back().skus[0].needs_azure_plan = true;
}

}  // namespace

Catalogue shop_catalogue() {
  std::vector<Product> out;
  out.push_back(product(std::string{kAzurePlanProduct}, "Azure", {"Azure"}, {"one_time"}));
  out.back().skus[0].availabilities = {{"DZH318Z0BML6", std::string{kAzurePlanItem}, "commercial"}};
  out.push_back(product("MA", "Azure", {"Azure"}, {"monthly"}));
  out.back().skus[0].availabilities = {{"A", std::string{kMicrosoftAzureOffer}, "commercial"}};
  out.push_back(reservations());
  out.push_back(product("S", "SaaS", {"MarketplaceSaaS"}, {"monthly"}, 100));
  out.push_back(product("W", "Software", {"Software"}, {"one_time"}, 100));
  out.push_back(legacy_product(kBase, 100));
  out.back().upgrades_to = {kBigger};
  out.push_back(legacy_product(kBigger, 100));
  out.push_back(legacy_product(kAddon, 100));
  out.back().addon_of = {kBase};
  add_seats(out);
  return Catalogue(std::move(out));
}

Shop::Shop()
    : markets(
          {{"FR", "France", "France", "Europe", "EUR", "€", {true, true, true, true}},
           {"US",
            "United States",
            "États-Unis",
            "United States",
            "USD",
            "$",
            {true, true, true, true}},
           {"BR", "Brazil", "Brésil", "Latin America", "BRL", "R$", {false, true, true, true}}}) {
  const auto partner = [&](const char* key, PartnerKind kind, const char* mpn_id) {
    world.partners.put(key, {key, key, key, kind, "FR", mpn_id});
  };
  partner("direct", PartnerKind::Direct, "1");
  partner("provider", PartnerKind::IndirectProvider, "2");
  partner("reseller", PartnerKind::IndirectReseller, "3");
  partner("another", PartnerKind::IndirectReseller, "4");
  partner("second", PartnerKind::IndirectReseller, "5");
  const auto add_customer = [&](const char* id, const char* partner_key, const char* reseller_key) {
    Customer out;
    out.id = id;
    out.partner_key = partner_key;
    out.reseller_key = reseller_key;
    out.market = "FR";
    out.direct_signed = true;
    return world.customers.put(id, out);
  };
  customer = add_customer("c1", "direct", "");
  add_customer("c2", "provider", "reseller");
  add_customer("c3", "provider", "second");
}

void Shop::sell_as_provider() {
  seller = "provider";
  customer = *world.customers.find("c2");
}

void Shop::own(const std::string& id, std::string_view offer, bool is_registered) {
  Subscription out;
  out.id = id;
  out.customer_id = customer.id;
  out.offer_id = offer;
  out.azure_plan = offer == kAzurePlanItem;
  if (is_registered) {
    out.registration_requested = 0 - kDay;
  }
  world.subscriptions.put(id, out);
  world.azure_subscriptions.put(id + "-azure",
                                {id + "-azure", customer.id, id, "Microsoft Azure", true});
}

PurchaseLine Shop::reservation(const char* item, const char* subscription) const {
  PurchaseLine out;
  out.catalog_item_id = item;
  out.provisioning.subscription_id = subscription;
  out.provisioning.scope = "shared";
  return out;
}

}  // namespace pcsim::testing_shop
