#include "domain/catalogue/reserved_skus.h"

#include <charconv>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::int64_t kMostInstances = 999'999'999;

Availability availability(const PriceRow& row, std::string_view id, ReservationScope scope) {
  return {std::string{id},
          std::string{row.product} + ":" + std::string{row.sku} + ":" + std::string{id},
          "commercial", scope};
}

Sku make_sku(const PriceList& prices, const ReservedProduct& product, const PriceRow& row) {
  Sku out;
  out.id = row.sku;
  out.title = prices.sku_title(row.size, row.region, row.term);
  out.description = prices.reservation_title(row.size, row.region, row.term);
  out.maximum_quantity = kMostInstances;
  out.billing_cycles = {"one_time"};
  out.term = row.term;
  out.duration = row.term == "P3Y" ? "3Years" : "1Year";
  out.availabilities.push_back(
      availability(row, row.availability, ReservationScope::MicrosoftAzure));
  if (equal_ignoring_case(product.type, "Software")) {
    return out;
  }
  out.prerequisites = {"InventoryCheck", "AzureSubscriptionRegistration"};
  out.inventory_variables = {"CustomerId", "AzureSubscriptionId", "ArmRegionName"};
  out.provisioning_variables = {"Scope", "SubscriptionId", "Duration"};
  out.arm_sku_name = row.size;
  out.arm_region = row.region;
  out.region = prices.region_title(row.region);
  const ReservedSize& size = prices.tables().sizes.find(lower(row.size))->second;
  out.ram = size.ram;
  std::from_chars(size.cores.data(), size.cores.data() + size.cores.size(), out.cores);
  if (!row.plan_availability.empty()) {
    out.availabilities.push_back(
        availability(row, row.plan_availability, ReservationScope::AzurePlan));
  }
  return out;
}

}  // namespace

ReservedSkus::ReservedSkus(PriceList prices, ReservedProduct product)
    : prices_(std::move(prices)), product_(std::move(product)) {}

const std::vector<Sku>& ReservedSkus::skus() const {
  std::call_once(made_, [&] {
    for (const PriceRow& row : prices_.rows()) {
      if (row.product == product_.id && !row.size.empty()) {
        skus_.push_back(make_sku(prices_, product_, row));
      }
    }
  });
  return skus_;
}

}  // namespace pcsim
