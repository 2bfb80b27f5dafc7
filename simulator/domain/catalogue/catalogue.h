#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue/price_list.h"

namespace pcsim {

/// Under which kind of Azure offer an availability may be bought.
enum class ReservationScope { MicrosoftAzure, AzurePlan };

/// A purchasable form of a SKU.
struct Availability {
  std::string id, catalog_item_id, segment;
  ReservationScope scope = ReservationScope::MicrosoftAzure;
};

/// A variant of a product; the Azure fields are empty when it is no reservation.
struct Sku {
  std::string id, title, description;
  std::int64_t minimum_quantity = 1, maximum_quantity = 1;
  std::vector<std::string> billing_cycles{}, prerequisites{}, inventory_variables{},
      provisioning_variables{}, actions{};
  std::string arm_sku_name{}, arm_region{}, region{}, ram{}, term{}, duration{};
  std::int64_t cores = 0;
  std::vector<std::string> terms{}, promotions{};
  std::string attestation{};               ///< what has to be attested before it is bought
  std::int64_t minimum_base_quantity = 0;  ///< seats that what an add-on extends must have
  bool trial = false, needs_azure_plan = false;
  std::vector<Availability> availabilities{};
};

/// What a customer has once a product is provisioned.
enum class Provision {
  AzurePlan,
  MicrosoftAzure,
  Reservation,
  Software,
  SoftwareSubscription,
  Licences
};

/// The SKUs of a product that the price list describes, made when first asked for: a catalogue
/// has thousands, and most simulators show a few.
class ReservedSkus;

struct Product {
  std::string id, title, description, type, sub_type;
  std::vector<std::string> views{};
  std::vector<Sku> skus{};                 ///< those that are no rows of the price list
  std::vector<std::string> addon_of{};     ///< ids of the products it extends; empty for no add-on
  std::vector<std::string> upgrades_to{};  ///< ids of the legacy offers it can be moved to
  bool microsoft = true;
  std::string publisher{"Microsoft Corporation"};
  std::shared_ptr<const ReservedSkus> reserved{};

  const std::vector<Sku>& all_skus() const;
  Provision provision() const;
  bool reservation() const;
  bool in_view(std::string_view view) const;
  const Sku* find_sku(std::string_view sku_id) const;
};

/// A catalogue item resolved as far as its identifier was known.
struct CatalogueItem {
  const Product* product = nullptr;
  const Sku* sku = nullptr;
  const Availability* availability = nullptr;
};

/// The products on sale, those of the price list among them.
class Catalogue {
 public:
  explicit Catalogue(std::vector<Product> products, PriceList prices = PriceList{});
  const PriceList& prices() const { return prices_; }
  const std::vector<Product>& products() const { return products_; }
  const Product* find(std::string_view product_id) const;
  /// Resolves `product:sku:availability` or a legacy offer id.
  CatalogueItem item(std::string_view catalog_item_id) const;
  /// The reservation SKU of an Azure SKU name, region and term (`P1Y`, `P3Y`).
  CatalogueItem reservation(std::string_view arm_sku_name, std::string_view region,
                            std::string_view term, ReservationScope scope) const;

 private:
  std::vector<Product> products_;
  PriceList prices_;
};

constexpr std::string_view kAzurePlanProduct = "DZH318Z0BPS6";
constexpr std::string_view kAzurePlanItem = "DZH318Z0BPS6:0001:DZH318Z0BML6";
constexpr std::string_view kMicrosoftAzureOffer = "MS-AZR-0145P";

/// Whether `offer_id` is of the system before catalogue items of three parts (OMS).
bool is_legacy_offer(std::string_view offer_id);

/// The terms a SKU is sold for; none when it has no term.
std::vector<std::string> terms_of(const Sku& sku);

const Availability* find_availability(const Sku& sku, std::string_view id);

/// Whether the data centre region has no capacity for new reservations.
bool restricted_region(std::string_view arm_region);

bool known_segment(std::string_view segment);
bool known_view(std::string_view view);

}  // namespace pcsim
