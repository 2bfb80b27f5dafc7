#include "domain/catalogue/catalogue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 4> kSegments{"commercial", "education", "government",
                                                    "nonprofit"};
constexpr std::array<std::string_view, 13> kViews{"Azure",
                                                  "AzureReservations",
                                                  "AzureReservationsVM",
                                                  "AzureReservationsSQL",
                                                  "AzureReservationsCosmosDb",
                                                  "MicrosoftAzure",
                                                  "OnlineServices",
                                                  "Software",
                                                  "SoftwareSUSELinux",
                                                  "SoftwarePerpetual",
                                                  "SoftwareSubscriptions",
                                                  "SpecializedOffers",
                                                  "MarketplaceSaaS"};

template <class List>
bool contains(const List& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view entry) { return equal_ignoring_case(entry, text); });
}

}  // namespace

bool Product::reservation() const { return in_view("AzureReservations"); }

Provision Product::provision() const {
  if (equal_ignoring_case(id, kAzurePlanProduct)) {
    return Provision::AzurePlan;
  }
  if (reservation()) {
    return Provision::Reservation;
  }
  if (equal_ignoring_case(type, "Software")) {
    return Provision::Software;
  }
  return equal_ignoring_case(type, "Azure") ? Provision::MicrosoftAzure : Provision::Licences;
}

bool Product::in_view(std::string_view view) const { return contains(views, view); }

const Sku* Product::find_sku(std::string_view sku_id) const {
  for (const Sku& sku : skus) {
    if (equal_ignoring_case(sku.id, sku_id)) {
      return &sku;
    }
  }
  return nullptr;
}

Catalogue::Catalogue(std::vector<Product> products) : products_(std::move(products)) {}

const Product* Catalogue::find(std::string_view product_id) const {
  for (const Product& product : products_) {
    if (equal_ignoring_case(product.id, product_id)) {
      return &product;
    }
  }
  return nullptr;
}

bool is_legacy_offer(std::string_view offer_id) {
  return !offer_id.empty() && offer_id.find(':') == std::string_view::npos;
}

const Availability* find_availability(const Sku& sku, std::string_view id) {
  for (const Availability& availability : sku.availabilities) {
    if (equal_ignoring_case(availability.id, id)) {
      return &availability;
    }
  }
  return nullptr;
}

CatalogueItem Catalogue::item(std::string_view catalog_item_id) const {
  CatalogueItem found;
  const auto parts = split(catalog_item_id, ':');
  if (parts.size() == 3) {
    found.product = find(parts[0]);
    found.sku = found.product != nullptr ? found.product->find_sku(parts[1]) : nullptr;
    found.availability = found.sku != nullptr ? find_availability(*found.sku, parts[2]) : nullptr;
    return found;
  }
  for (const Product& product : products_) {
    for (const Sku& sku : product.skus) {
      for (const Availability& availability : sku.availabilities) {
        if (equal_ignoring_case(availability.catalog_item_id, catalog_item_id)) {
          return {&product, &sku, &availability};
        }
      }
    }
  }
  return found;
}

CatalogueItem Catalogue::reservation(std::string_view arm_sku_name, std::string_view region,
                                     std::string_view term, ReservationScope scope) const {
  for (const Product& product : products_) {
    for (const Sku& sku : product.skus) {
      if (!product.reservation() || !equal_ignoring_case(sku.arm_sku_name, arm_sku_name) ||
          !equal_ignoring_case(sku.arm_region, region) || !equal_ignoring_case(sku.term, term)) {
        continue;
      }
      for (const Availability& availability : sku.availabilities) {
        if (availability.scope == scope) {
          return {&product, &sku, &availability};
        }
      }
    }
  }
  return {};
}

bool restricted_region(std::string_view arm_region) {
  return equal_ignoring_case(arm_region, "japanwest");
}

bool known_segment(std::string_view segment) { return contains(kSegments, segment); }

bool known_view(std::string_view view) { return contains(kViews, view); }

}  // namespace pcsim
