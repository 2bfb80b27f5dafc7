#include "app/acts/reservation_acts.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "codec/reference_data.h"
#include "domain/access/role_assignments.h"
#include "domain/reservations/utilisation.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Outcome = std::optional<ActRefusal>;

std::string text(const ActScene& scene, const char* name) {
  return scene.parameters.value(name, std::string{});
}

bool same_machines(const RunningUsage& left, const RunningUsage& right) {
  return left.subscription_id == right.subscription_id &&
         equal_ignoring_case(left.resource_group, right.resource_group) &&
         equal_ignoring_case(left.sku_name, right.sku_name) &&
         equal_ignoring_case(left.location, right.location);
}

}  // namespace

Outcome run_instances(const ActScene& scene) {
  RunningUsage usage;
  usage.subscription_id = lower(text(scene, "azureSubscriptionId"));
  if (scene.world.azure_subscriptions.find(usage.subscription_id) == nullptr) {
    return ActRefusal{404, "there is no Azure subscription '" + usage.subscription_id + "' here"};
  }
  usage.resource_group = scene.parameters.value("resourceGroup", std::string{"default"});
  usage.sku_name = text(scene, "skuName");
  usage.location = text(scene, "location");
  const PriceList& prices = scene.reference.catalogue.prices();
  const ReservedProduct* product = prices.product_of(usage.sku_name);
  if (product == nullptr || !prices.known_region(usage.location)) {
    return ActRefusal{400, "skuName and location must be on the price list"};
  }
  usage.resource_type = product->resource_type;
  const std::string digits = text(scene, "instances");
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, usage.instances);
  if (error != std::errc{} || stop != end || usage.instances < 0 || usage.instances > 1'000'000) {
    return ActRefusal{400, "instances must be digits in a string, up to 1000000"};
  }
  std::vector<std::string> running;
  for (const auto& [id, other] : scene.world.usage) {
    if (!other.until && same_machines(other, usage)) {
      running.push_back(id);
    }
  }
  if (scene.world.usage.size() >= kMaxUsage && usage.instances > 0) {
    return ActRefusal{409, "this universe keeps no more records of running instances"};
  }
  for (const std::string& id : running) {
    scene.world.usage.edit(id)->until = scene.env.now;
  }
  if (usage.instances > 0) {
    usage.id = scene.env.ids.guid();
    usage.from = scene.env.now;
    const std::string id = usage.id;
    scene.world.usage.put(id, std::move(usage));
  }
  return std::nullopt;
}

Outcome grant_discount(const ActScene& scene) {
  const std::string id = lower(text(scene, "partnerId"));
  if (scene.world.partners.find(id) == nullptr) {
    return ActRefusal{404, "there is no partner '" + id + "' in this universe"};
  }
  const auto share = Decimal::parse(text(scene, "discount"));
  if (!share || *share < Decimal{} || *share >= Decimal::of(1)) {
    return ActRefusal{400, "discount must be a decimal from 0 to less than 1 in a string"};
  }
  scene.world.partners.edit(id)->reservation_discount = *share;
  return std::nullopt;
}

Outcome set_resale_price(const ActScene& scene) {
  ResalePrice price;
  price.customer_id = lower(text(scene, "customerId"));
  if (!price.customer_id.empty() && scene.world.customers.find(price.customer_id) == nullptr) {
    return ActRefusal{404, "there is no customer '" + price.customer_id + "' in this universe"};
  }
  price.sku_name = text(scene, "skuName");
  price.location = text(scene, "location");
  price.term = text(scene, "term");
  price.currency = text(scene, "currency");
  const PriceList& prices = scene.reference.catalogue.prices();
  if (prices.reservation(price.sku_name, price.location, price.term) == nullptr) {
    return ActRefusal{400, "skuName, location and term must be on the price list"};
  }
  const auto amount = Decimal::parse(text(scene, "amount"));
  if (!amount || *amount < Decimal{}) {
    return ActRefusal{400, "amount must be a decimal in a string"};
  }
  price.amount = *amount;
  // One price of a customer, size, region and term.
  price.id =
      lower(price.customer_id + "|" + price.sku_name + "|" + price.location + "|" + price.term);
  const std::string id = price.id;
  scene.world.resale_prices.put(id, std::move(price));
  return std::nullopt;
}

}  // namespace pcsim
