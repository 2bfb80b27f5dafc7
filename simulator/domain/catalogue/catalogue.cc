#include "domain/catalogue/catalogue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/catalogue/reserved_skus.h"
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
    return equal_ignoring_case(sub_type, "SoftwareSubscriptions") ? Provision::SoftwareSubscription
                                                                  : Provision::Software;
  }
  return equal_ignoring_case(type, "Azure") ? Provision::MicrosoftAzure : Provision::Licences;
}

bool Product::in_view(std::string_view view) const { return contains(views, view); }

const Sku* Product::find_sku(std::string_view sku_id) const {
  for (const Sku& sku : all_skus()) {
    if (equal_ignoring_case(sku.id, sku_id)) {
      return &sku;
    }
  }
  return nullptr;
}

const std::vector<Sku>& Product::all_skus() const { return reserved ? reserved->skus() : skus; }

Catalogue::Catalogue(std::vector<Product> products, PriceList prices)
    : products_(std::move(products)), prices_(std::move(prices)) {
  for (const auto& [id, row] : prices_.tables().products) {
    Product product{row.id, row.title, row.description, row.type, row.sub_type, row.views, {}};
    product.reserved = std::make_shared<const ReservedSkus>(prices_, row);
    products_.push_back(std::move(product));
  }
}

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

std::vector<std::string> terms_of(const Sku& sku) {
  if (!sku.terms.empty() || sku.term.empty()) {
    return sku.terms;
  }
  return {sku.term};
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
  const PriceRow* row = prices_.reservation(arm_sku_name, region, term);
  CatalogueItem found;
  found.product = row == nullptr ? nullptr : find(row->product);
  found.sku = found.product == nullptr ? nullptr : found.product->find_sku(row->sku);
  if (found.sku != nullptr) {
    for (const Availability& availability : found.sku->availabilities) {
      // Software plans are sold in one way only.
      if (availability.scope == scope || found.sku->availabilities.size() == 1) {
        found.availability = &availability;
      }
    }
  }
  return found;
}

bool restricted_region(std::string_view arm_region) {
  return equal_ignoring_case(arm_region, "japanwest");
}

bool known_segment(std::string_view segment) { return contains(kSegments, segment); }

bool known_view(std::string_view view) { return contains(kViews, view); }

}  // namespace pcsim
