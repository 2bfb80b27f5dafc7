#include "codec/arm/catalog_codec.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/arm/purchase_codec.h"
#include "domain/reservations/utilisation.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

void add_property(ordered_json& list, const char* name, const std::string& value) {
  if (!value.empty()) {
    ordered_json one;
    one["name"] = name;
    one["value"] = value;
    list.push_back(std::move(one));
  }
}

/// A meter's id, the same for the same size and region.
std::string meter_id(std::string_view size, std::string_view region) {
  constexpr std::uint64_t kOffset = 14'695'981'039'346'656'037U;
  constexpr std::uint64_t kPrime = 1'099'511'628'211U;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  std::uint64_t hash = kOffset;
  for (const char c : lower(size) + "|" + lower(region)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  }
  for (const char place : std::string_view{"xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"}) {
    hash = hash * kPrime + 1;
    out += place == 'x' ? kDigits[hash >> 60U] : place;
  }
  return out;
}

ordered_json sku_properties(const PriceList& prices, const PriceRow& row,
                            const ReservedProduct& product) {
  ordered_json out = ordered_json::array();
  const std::string name{row.size};
  const auto size = prices.tables().sizes.find(lower(name));
  if (size != prices.tables().sizes.end()) {
    add_property(out, "Cores", size->second.cores);
    add_property(out, "RAM", size->second.ram);
    add_property(out, "vCpu", size->second.cores);
  }
  const FlexibilityGroup group = flexibility_of(prices, name);
  add_property(out, "ReservationsAutofitGroup", group.name);
  if (!group.name.empty()) {
    add_property(out, "ReservationsAutofitRatio", std::to_string(group.ratio));
    add_property(out, "ProductShortName", "VM RI");
  }
  add_property(out, "ProductTitle", product.sku_prefix);
  add_property(out, "SkuName", name);
  constexpr std::string_view kPrefix = "Standard_";
  add_property(out, "SkuDisplayName",
               name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name);
  add_property(out, "MeterId", meter_id(row.size, row.region));
  return out;
}

/// `VirtualMachines` begins with a small letter here.
std::string small_first(std::string text) {
  if (!text.empty()) {
    text[0] = lower(text.substr(0, 1))[0];
  }
  return text;
}

}  // namespace

ordered_json catalog_item_json(const PriceList& prices, const PriceRow& one_year,
                               const PriceRow* three_years, const PriceView& view,
                               const std::string& currency, bool restricted) {
  static const ReservedProduct kNone{};
  const ReservedProduct* found = prices.product_of(one_year.size);
  const ReservedProduct& product = found == nullptr ? kNone : *found;
  ordered_json plans = ordered_json::object();
  ordered_json terms = ordered_json::array();
  ordered_json msrp = ordered_json::object();
  for (const PriceRow* row : {&one_year, three_years}) {
    if (row != nullptr) {
      const std::string term{row->term};
      const std::string key = small_first(term);
      plans[key] = ordered_json::array({"Upfront", "Monthly"});
      terms.push_back(term);
      msrp[key] = money_json(currency, view.shown(row->price));
    }
  }
  ordered_json out;
  out["resourceType"] = small_first(product.resource_type);
  out["name"] = std::string{one_year.size};
  out["billingPlans"] = std::move(plans);
  out["terms"] = std::move(terms);
  out["locations"] = ordered_json::array({std::string{one_year.region}});
  out["msrp"] = std::move(msrp);
  out["skuProperties"] = sku_properties(prices, one_year, product);
  out["restrictions"] = ordered_json::array();
  if (restricted) {
    ordered_json restriction;
    restriction["type"] = "Location";
    restriction["values"] = ordered_json::array({std::string{one_year.region}});
    restriction["reasonCode"] = "NotAvailableForSubscription";
    out["restrictions"].push_back(std::move(restriction));
  }
  return out;
}

}  // namespace pcsim
