#include "codec/partner_center/catalogue.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/collection.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::link;
using partner_center::write_link;

ordered_json dynamic_attributes(const Product& product, const Sku& sku) {
  ordered_json out = ordered_json::object();
  const Provision kind = product.provision();
  if (kind == Provision::AzurePlan) {
    out["isMicrosoftProduct"] = true;
    out["pilotProgram"] = "modernazurepilot";
  } else if (kind == Provision::Reservation) {
    out["armSkuName"] = sku.arm_sku_name;
    out["cores"] = sku.cores > 0 ? std::to_string(sku.cores) : "";
    out["ram"] = sku.ram;
    out["skuDisplayName"] = sku.title;
    out["category"] = product.sub_type;
    out["armRegionName"] = sku.arm_region;
    out["duration"] = sku.duration;
    out["region"] = sku.region;
    out["diskType"] = "";
  } else if (kind == Provision::MicrosoftAzure) {
    out["billingType"] = "usage";
    out["unitType"] = "Usage-based";
    out["rank"] = "1413";
  }
  return out;
}

std::string sku_path(const Product& product, const Sku& sku) {
  return "/products/" + product.id + "/skus/" + sku.id;
}

}  // namespace

ordered_json product_json(const Product& product, const std::string& query) {
  ordered_json out;
  out["id"] = product.id;
  out["title"] = product.title;
  out["description"] = product.description;
  out["productType"] = item_type_json(product);
  out["isMicrosoftProduct"] = product.microsoft;
  out["publisherName"] = product.publisher;
  out["links"]["skus"] = link("/products/" + product.id + "/skus" + query);
  out["links"]["self"] = link("/products/" + product.id + query);
  return out;
}

ordered_json sku_json(const Product& product, const Sku& sku, const std::string& query) {
  ordered_json out;
  out["id"] = sku.id;
  out["productId"] = product.id;
  out["title"] = sku.title;
  out["description"] = sku.description;
  out["minimumQuantity"] = sku.minimum_quantity;
  out["maximumQuantity"] = sku.maximum_quantity;
  out["isTrial"] = sku.trial;
  out["supportedBillingCycles"] = sku.billing_cycles;
  out["purchasePrerequisites"] = sku.prerequisites;
  out["inventoryVariables"] = sku.inventory_variables;
  out["provisioningVariables"] = sku.provisioning_variables;
  if (!sku.actions.empty()) {
    out["actions"] = sku.actions;
  }
  if (!sku.attestation.empty()) {
    out["attestationProperties"]["attestationType"] = sku.attestation;
    out["attestationProperties"]["enforceAttestation"] = true;
  }
  out["dynamicAttributes"] = dynamic_attributes(product, sku);
  out["links"]["availabilities"] = link(sku_path(product, sku) + "/availabilities" + query);
  out["links"]["self"] = link(sku_path(product, sku) + query);
  return out;
}

ordered_json availability_json(const Product& product, const Sku& sku,
                               const Availability& availability, const Market& market) {
  const std::string query = "?country=" + market.iso2;
  ordered_json out;
  out["id"] = availability.id;
  out["productId"] = product.id;
  out["skuId"] = sku.id;
  out["catalogItemId"] = availability.catalog_item_id;
  out["defaultCurrency"]["code"] = market.currency;
  out["defaultCurrency"]["symbol"] = market.currency_symbol;
  out["segment"] = availability.segment;
  out["country"] = market.iso2;
  out["isPurchasable"] = true;
  out["isRenewable"] = product.provision() == Provision::Licences;
  out["terms"] = ordered_json::array();
  for (const std::string& duration : terms_of(sku)) {
    ordered_json term;
    term["duration"] = duration;
    term["description"] = sku.title;
    out["terms"].push_back(std::move(term));
  }
  out["product"] = product_json(product, query);
  out["sku"] = sku_json(product, sku, query);
  out["links"]["self"] =
      link(sku_path(product, sku) + "/availabilities/" + availability.id + query);
  return out;
}

ordered_json item_type_json(const Product& product) {
  ordered_json out;
  out["id"] = product.type;
  out["displayName"] = product.type;
  if (!product.sub_type.empty()) {
    out["subType"]["id"] = product.sub_type;
    out["subType"]["displayName"] = product.sub_type;
  }
  return out;
}

void add_item_links(const JsonObject& links, const CatalogueItem& item,
                    const std::string& country) {
  if (item.availability == nullptr) {
    return;
  }
  const std::string query = "?country=" + country;
  const std::string path = sku_path(*item.product, *item.sku);
  write_link(links["product"], "/products/" + item.product->id + query);
  write_link(links["sku"], path + query);
  write_link(links["availability"], path + "/availabilities/" + item.availability->id + query);
}

ordered_json inventory_json(const Product& product, const Sku& sku, bool restricted,
                            const std::string& region) {
  ordered_json out;
  out["productId"] = product.id;
  out["skuId"] = sku.id;
  out["isRestricted"] = restricted;
  out["restrictions"] = ordered_json::array();
  if (restricted) {
    ordered_json restriction;
    restriction["reasonCode"] = "NotAvailableForSubscription";
    restriction["description"] =
        "Restriction identified of type 'Location' with values '" + region + "'.";
    restriction["properties"]["type"] = "Location";
    restriction["properties"]["values"] = region;
    out["restrictions"].push_back(std::move(restriction));
  }
  return out;
}

}  // namespace pcsim
