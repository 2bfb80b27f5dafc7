#include "codec/reference_data.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/market_file.h"
#include "pcsim/embedded.h"

namespace pcsim {
namespace {

using nlohmann::json;

std::string_view required_file(std::string_view path) {
  const auto content = embedded_file(path);
  if (!content) {
    throw std::runtime_error("not embedded: " + std::string(path));
  }
  return *content;
}

std::vector<std::string> list(const json& node, const char* name) {
  return node.value(name, std::vector<std::string>{});
}

Availability read_availability(const json& node, const std::string& prefix) {
  Availability availability;
  availability.id = node.at("id").get<std::string>();
  availability.catalog_item_id = node.value("catalogItemId", prefix + availability.id);
  availability.segment = node.at("segment").get<std::string>();
  availability.scope = node.value("reservationScope", "") == "AzurePlan"
                           ? ReservationScope::AzurePlan
                           : ReservationScope::MicrosoftAzure;
  return availability;
}

Sku read_sku(const json& node, const std::string& product_id) {
  Sku sku;
  sku.id = node.at("id").get<std::string>();
  sku.title = node.at("title").get<std::string>();
  sku.description = node.at("description").get<std::string>();
  sku.minimum_quantity = node.at("minimumQuantity").get<std::int64_t>();
  sku.maximum_quantity = node.at("maximumQuantity").get<std::int64_t>();
  sku.billing_cycles = list(node, "supportedBillingCycles");
  sku.prerequisites = list(node, "purchasePrerequisites");
  sku.inventory_variables = list(node, "inventoryVariables");
  sku.provisioning_variables = list(node, "provisioningVariables");
  sku.actions = list(node, "actions");
  sku.arm_sku_name = node.value("armSkuName", "");
  sku.arm_region = node.value("armRegionName", "");
  sku.region = node.value("region", "");
  sku.ram = node.value("ram", "");
  sku.term = node.value("term", "");
  sku.duration = node.value("duration", "");
  const std::string cores = node.value("cores", "");
  sku.cores = cores.empty() ? 0 : std::stoll(cores);
  sku.price_usd = node.value("priceUsd", 0.0);
  for (const json& entry : node.at("availabilities")) {
    sku.availabilities.push_back(read_availability(entry, product_id + ":" + sku.id + ":"));
  }
  return sku;
}

Catalogue read_catalogue(std::string_view text) {
  std::vector<Product> products;
  const json root = json::parse(text);
  for (const json& node : root.at("products")) {
    Product product;
    product.id = node.at("id").get<std::string>();
    product.title = node.at("title").get<std::string>();
    product.description = node.at("description").get<std::string>();
    product.type = node.at("type").get<std::string>();
    product.sub_type = node.value("subType", "");
    product.views = list(node, "views");
    product.addon_of = list(node, "addonOf");
    product.microsoft = node.value("microsoft", product.microsoft);
    product.publisher = node.value("publisher", product.publisher);
    for (const json& sku : node.at("skus")) {
      product.skus.push_back(read_sku(sku, product.id));
    }
    products.push_back(std::move(product));
  }
  return Catalogue(std::move(products));
}

}  // namespace

const MarketTable& markets() {
  static const MarketTable table = read_markets(required_file("fixtures/markets/markets.csv"));
  return table;
}

const Catalogue& catalogue() {
  static const Catalogue instance =
      read_catalogue(required_file("fixtures/catalogue/catalogue.json"));
  return instance;
}

}  // namespace pcsim
