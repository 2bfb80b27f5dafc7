#pragma once

#include <string>

#include "app/call.h"
#include "domain/catalogue/catalogue.h"
#include "domain/markets.h"

namespace pcsim {

/// The market, the customer and the filters of one catalogue request.
struct CatalogueView {
  const Market* market = nullptr;
  bool sells_reservations = false;
  std::string segment{};
  ReservationScope scope = ReservationScope::MicrosoftAzure;
  bool hides_plan = false;             ///< the customer owns MS-AZR-0145P
  bool hides_microsoft_azure = false;  ///< the customer owns an Azure plan
  const World* world = nullptr;
  std::string path{};  ///< what collections' own links start with
};

/// A query parameter, empty when absent; `name` in lower case.
std::string catalogue_parameter(const Call& call, const char* name);

/// The view of the `country` parameter, or of the customer whom the path names.
/// Errors: 400 800002 for a missing or unknown market or scope, 403 400030 for a segment.
Result<CatalogueView> catalogue_view(const Call& call);

/// Whether the market and the customer let the product be sold at all.
bool sold(const CatalogueView& view, const Product& product);

/// Whether the view holds the availability, the SKU or the product.
bool shown(const CatalogueView& view, const Product& product, const Availability& availability);
bool shown(const CatalogueView& view, const Product& product, const Sku& sku);
bool shown(const CatalogueView& view, const Product& product);

/// The products of the `targetView`. Errors: 400 800002 when it is missing, 403 400036.
Result<std::vector<const Product*>> products_of(const Call& call, const CatalogueView& view);

/// The product and the SKU that the path names, as far as the view holds them.
Result<const Product*> product_of(const Call& call, const CatalogueView& view, ErrorCode missing);
Result<CatalogueItem> sku_of(const Call& call, const CatalogueView& view);

/// The end of a collection's own link: the filters of the request.
std::string catalogue_query(const Call& call, const CatalogueView& view);

}  // namespace pcsim
