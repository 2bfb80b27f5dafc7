#include "app/partner_center/catalogue_view.h"

#include <algorithm>
#include <utility>

#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/collection.h"
#include "codec/reference_data.h"
#include "domain/commerce/lifecycle.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

bool by_customer(const Call& call) { return call.path.count("customerId") != 0; }

const Market* market_of(const Call& call) {
  return call.reference.markets.find(by_customer(call) ? customer_of(call).market
                                                       : catalogue_parameter(call, "country"));
}

// Without a segment every one but nonprofit is meant.
bool of_segment(const CatalogueView& view, const Availability& availability) {
  return view.segment.empty() ? availability.segment != "nonprofit"
                              : equal_ignoring_case(view.segment, availability.segment);
}

}  // namespace

std::string catalogue_parameter(const Call& call, const char* name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string{} : found->second;
}

Result<CatalogueView> catalogue_view(const Call& call) {
  CatalogueView view;
  view.market = market_of(call);
  if (view.market == nullptr) {
    return Error{ErrorCode::InvalidRequestInput, {}, "country"};
  }
  view.segment = catalogue_parameter(call, "targetsegment");
  if (!view.segment.empty() && !known_segment(view.segment)) {
    return ErrorCode::TargetSegmentNotAllowed;
  }
  const std::string scope = catalogue_parameter(call, "reservationscope");
  if (!scope.empty() && !equal_ignoring_case(scope, "AzurePlan")) {
    return Error{ErrorCode::InvalidRequestInput, {}, "reservationScope"};
  }
  view.scope = scope.empty() ? ReservationScope::MicrosoftAzure : ReservationScope::AzurePlan;
  view.world = &call.world;
  view.sells_reservations = sells_reservations(*view.market, call.env.switches);
  if (by_customer(call)) {
    const Customer& customer = customer_of(call);
    view.hides_microsoft_azure = owns_azure_plan(call.world, customer);
    view.hides_plan = !view.hides_microsoft_azure && owns_microsoft_azure(call.world, customer);
    view.path = "/customers/" + customer.id;
  }
  return view;
}

bool sold(const CatalogueView& view, const Product& product) {
  switch (product.provision()) {
    case Provision::AzurePlan:
      return !view.hides_plan;
    case Provision::MicrosoftAzure:
      return !view.hides_microsoft_azure;
    case Provision::Reservation:
      return view.sells_reservations;
    case Provision::Software:
    case Provision::SoftwareSubscription:
    case Provision::Licences:
      return true;
  }
  return true;
}

bool shown(const CatalogueView& view, const Product& product, const Availability& availability) {
  const OfferState* state =
      offer_state(*view.world, availability.catalog_item_id, view.market->iso2);
  return sold(view, product) && (state == nullptr || !state->withdrawn) &&
         of_segment(view, availability) &&
         (!product.reservation() || availability.scope == view.scope);
}

bool shown(const CatalogueView& view, const Product& product, const Sku& sku) {
  return std::any_of(sku.availabilities.begin(), sku.availabilities.end(),
                     [&](const Availability& one) { return shown(view, product, one); });
}

bool shown(const CatalogueView& view, const Product& product) {
  const std::vector<Sku>& skus = product.all_skus();
  return std::any_of(skus.begin(), skus.end(),
                     [&](const Sku& sku) { return shown(view, product, sku); });
}

Result<std::vector<const Product*>> products_of(const Call& call, const CatalogueView& view) {
  const std::string target = catalogue_parameter(call, "targetview");
  if (target.empty()) {
    return Error{ErrorCode::InvalidRequestInput, {}, "targetView"};
  }
  if (!known_view(target)) {
    return ErrorCode::TargetViewNotAllowed;
  }
  std::vector<const Product*> out;
  for (const Product& product : call.reference.catalogue.products()) {
    if (product.in_view(target) && shown(view, product)) {
      out.push_back(&product);
    }
  }
  return out;
}

Result<const Product*> product_of(const Call& call, const CatalogueView& view, ErrorCode missing) {
  const Product* product = call.reference.catalogue.find(call.path.at("productId"));
  // What a customer cannot have any more is as unknown to it as what a market does not sell.
  if (product == nullptr || (!view.path.empty() && !sold(view, *product))) {
    return missing;
  }
  return product;
}

Result<CatalogueItem> sku_of(const Call& call, const CatalogueView& view) {
  PCSIM_TRY(product, product_of(call, view, ErrorCode::ParentProductNotFound));
  const Sku* sku = product->find_sku(call.path.at("skuId"));
  if (sku == nullptr) {
    return ErrorCode::SkuNotFound;
  }
  return CatalogueItem{product, sku, nullptr};
}

std::string catalogue_query(const Call& call, const CatalogueView& view) {
  std::string out = view.path.empty() ? "?country=" + view.market->iso2 : std::string{};
  for (const auto& [name, label] :
       {std::pair{"targetview", "targetView"}, std::pair{"targetsegment", "targetSegment"},
        std::pair{"reservationscope", "reservationScope"}}) {
    if (const std::string value = catalogue_parameter(call, name); !value.empty()) {
      out += (out.empty() ? '?' : '&');
      out += std::string{label} + "=" + partner_center::encode_query(value);
    }
  }
  return out;
}

}  // namespace pcsim
