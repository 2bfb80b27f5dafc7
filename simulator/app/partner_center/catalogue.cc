#include "codec/partner_center/catalogue.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/handlers.h"
#include "codec/partner_center/collection.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using partner_center::text_of;

std::string parameter(const Call& call, const char* name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string{} : found->second;
}

/// The market and the filters of one catalogue request.
struct View {
  const Market* market;
  bool sells_reservations;
  std::string segment;
  ReservationScope scope;
};

Result<View> view_of(const Call& call) {
  const Market* market = call.reference.markets.find(parameter(call, "country"));
  if (market == nullptr) {
    return ErrorCode::InvalidRequestInput;
  }
  const std::string segment = parameter(call, "targetsegment");
  if (!segment.empty() && !known_segment(segment)) {
    return ErrorCode::TargetSegmentNotAllowed;
  }
  const std::string scope = parameter(call, "reservationscope");
  if (!scope.empty() && !equal_ignoring_case(scope, "AzurePlan")) {
    return ErrorCode::InvalidRequestInput;
  }
  return View{market, sells_reservations(*market, call.env.switches), segment,
              scope.empty() ? ReservationScope::MicrosoftAzure : ReservationScope::AzurePlan};
}

// Without a segment every one but nonprofit is meant.
bool of_segment(const View& view, const Availability& availability) {
  return view.segment.empty() ? availability.segment != "nonprofit"
                              : equal_ignoring_case(view.segment, availability.segment);
}

// Whether the market lets the product be sold at all.
bool sold(const View& view, const Product& product) {
  return !product.reservation() || view.sells_reservations;
}

bool shown(const View& view, const Product& product, const Availability& availability) {
  return sold(view, product) && of_segment(view, availability) &&
         (!product.reservation() || availability.scope == view.scope);
}

bool shown(const View& view, const Product& product, const Sku& sku) {
  for (const Availability& availability : sku.availabilities) {
    if (shown(view, product, availability)) {
      return true;
    }
  }
  return false;
}

bool shown(const View& view, const Product& product) {
  for (const Sku& sku : product.all_skus()) {
    if (shown(view, product, sku)) {
      return true;
    }
  }
  return false;
}

// Link suffix with the filters of the request.
std::string query_of(const Call& call, const View& view) {
  std::string out = "?country=" + view.market->iso2;
  for (const auto& [name, label] :
       {std::pair{"targetview", "targetView"}, std::pair{"targetsegment", "targetSegment"},
        std::pair{"reservationscope", "reservationScope"}}) {
    if (const std::string value = parameter(call, name); !value.empty()) {
      out += std::string("&") + label + "=" + partner_center::encode_query(value);
    }
  }
  return out;
}

Result<const Product*> product_of(const Call& call, ErrorCode missing) {
  const Product* product = call.reference.catalogue.find(call.path.at("productId"));
  if (product == nullptr) {
    return missing;
  }
  return product;
}

Result<CatalogueItem> sku_of(const Call& call) {
  PCSIM_TRY(product, product_of(call, ErrorCode::ParentProductNotFound));
  const Sku* sku = product->find_sku(call.path.at("skuId"));
  if (sku == nullptr) {
    return ErrorCode::SkuNotFound;
  }
  return CatalogueItem{product, sku, nullptr};
}

}  // namespace

Result<Reply> handle_ListProducts(const Call& call) {
  const std::string target = parameter(call, "targetview");
  if (target.empty()) {
    return ErrorCode::InvalidRequestInput;
  }
  PCSIM_TRY(view, view_of(call));
  if (!known_view(target)) {
    return ErrorCode::TargetViewNotAllowed;
  }
  auto items = nlohmann::ordered_json::array();
  for (const Product& product : call.reference.catalogue.products()) {
    if (product.in_view(target) && shown(view, product)) {
      items.push_back(product_json(product, "?country=" + view.market->iso2));
    }
  }
  return Reply{
      0,
      partner_center::collection(std::move(items), "/products" + query_of(call, view)).dump(),
      {}};
}

Result<Reply> handle_GetProduct(const Call& call) {
  PCSIM_TRY(view, view_of(call));
  PCSIM_TRY(product, product_of(call, ErrorCode::ProductNotFound));
  if (!sold(view, *product)) {
    return ErrorCode::ProductNotFound;
  }
  return Reply{0, product_json(*product, "?country=" + view.market->iso2).dump(), {}};
}

Result<Reply> handle_ListSkus(const Call& call) {
  PCSIM_TRY(view, view_of(call));
  PCSIM_TRY(product, product_of(call, ErrorCode::ParentProductNotFound));
  auto items = nlohmann::ordered_json::array();
  for (const Sku& sku : product->all_skus()) {
    if (shown(view, *product, sku)) {
      items.push_back(sku_json(*product, sku, "?country=" + view.market->iso2));
    }
  }
  const std::string self = "/products/" + product->id + "/skus" + query_of(call, view);
  return Reply{0, partner_center::collection(std::move(items), self).dump(), {}};
}

Result<Reply> handle_GetSku(const Call& call) {
  PCSIM_TRY(view, view_of(call));
  PCSIM_TRY(item, sku_of(call));
  if (!sold(view, *item.product)) {
    return ErrorCode::SkuNotFound;
  }
  return Reply{0, sku_json(*item.product, *item.sku, "?country=" + view.market->iso2).dump(), {}};
}

Result<Reply> handle_ListAvailabilities(const Call& call) {
  PCSIM_TRY(view, view_of(call));
  PCSIM_TRY(item, sku_of(call));
  auto items = nlohmann::ordered_json::array();
  for (const Availability& availability : item.sku->availabilities) {
    if (shown(view, *item.product, availability)) {
      items.push_back(availability_json(*item.product, *item.sku, availability, *view.market));
    }
  }
  const std::string self = "/products/" + item.product->id + "/skus/" + item.sku->id +
                           "/availabilities" + query_of(call, view);
  return Reply{0, partner_center::collection(std::move(items), self).dump(), {}};
}

Result<Reply> handle_GetAvailability(const Call& call) {
  PCSIM_TRY(view, view_of(call));
  PCSIM_TRY(item, sku_of(call));
  const Availability* found = find_availability(*item.sku, call.path.at("availabilityId"));
  if (found == nullptr || !sold(view, *item.product)) {
    return ErrorCode::AvailabilityNotFound;
  }
  return Reply{0, availability_json(*item.product, *item.sku, *found, *view.market).dump(), {}};
}

Result<Reply> handle_CheckInventory(const Call& call) {
  const auto country = parameter(call, "country");
  if (!country.empty() && call.reference.markets.find(country) == nullptr) {
    return ErrorCode::InvalidRequestInput;
  }
  const auto& targets = partner_center::member(call.body, "targetitems");
  const auto& context = partner_center::member(call.body, "inventorycontext");
  const std::string asked_region = text_of(context, "armregionname");
  auto out = nlohmann::ordered_json::array();
  for (const auto& target : targets) {
    const Product* product = call.reference.catalogue.find(text_of(target, "productid"));
    const std::string sku_id = text_of(target, "skuid");
    if (product == nullptr) {
      continue;
    }
    for (const Sku& sku : product->all_skus()) {
      if (sku_id.empty() || equal_ignoring_case(sku.id, sku_id)) {
        const std::string region = restricted_region(asked_region) ? asked_region : sku.arm_region;
        const bool restricted = product->reservation() && restricted_region(region);
        out.push_back(inventory_json(*product, sku, restricted, region));
      }
    }
  }
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
