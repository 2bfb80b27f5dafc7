#include "codec/partner_center/catalogue.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/handlers.h"
#include "app/partner_center/catalogue_view.h"
#include "codec/partner_center/collection.h"

namespace pcsim {
namespace {

std::string item_query(const CatalogueView& view) { return "?country=" + view.market->iso2; }

std::string sku_path(const CatalogueItem& item) {
  return "/products/" + item.product->id + "/skus/" + item.sku->id;
}

Reply collection_reply(nlohmann::ordered_json items, const std::string& self) {
  return Reply{0, partner_center::collection(items, self), {}};
}

Result<Reply> list_products(const Call& call, const CatalogueView& view) {
  PCSIM_TRY(products, products_of(call, view));
  auto items = nlohmann::ordered_json::array();
  for (const Product* product : products) {
    items.push_back(product_json(*product, item_query(view)));
  }
  return collection_reply(std::move(items), view.path + "/products" + catalogue_query(call, view));
}

// The page of the customer's products shows their SKUs, under the link of all SKUs.
Result<Reply> list_all_skus(const Call& call, const CatalogueView& view) {
  PCSIM_TRY(products, products_of(call, view));
  auto items = nlohmann::ordered_json::array();
  for (const Product* product : products) {
    for (const Sku& sku : product->all_skus()) {
      if (shown(view, *product, sku)) {
        items.push_back(sku_json(*product, sku, item_query(view)));
      }
    }
  }
  return collection_reply(std::move(items),
                          view.path + "/products/all/skus" + catalogue_query(call, view));
}

Result<Reply> get_product(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  PCSIM_TRY(product, product_of(call, view, ErrorCode::ProductNotFound));
  if (!sold(view, *product)) {
    return ErrorCode::ProductNotFound;
  }
  return Reply{0, product_json(*product, item_query(view)).dump(), {}};
}

Result<Reply> list_skus(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  PCSIM_TRY(product, product_of(call, view, ErrorCode::ParentProductNotFound));
  auto items = nlohmann::ordered_json::array();
  for (const Sku& sku : product->all_skus()) {
    if (shown(view, *product, sku)) {
      items.push_back(sku_json(*product, sku, item_query(view)));
    }
  }
  return collection_reply(std::move(items), view.path + "/products/" + product->id + "/skus" +
                                                catalogue_query(call, view));
}

Result<Reply> get_sku(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  PCSIM_TRY(item, sku_of(call, view));
  if (!sold(view, *item.product)) {
    return ErrorCode::SkuNotFound;
  }
  return Reply{0, sku_json(*item.product, *item.sku, item_query(view)).dump(), {}};
}

Result<Reply> list_availabilities(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  PCSIM_TRY(item, sku_of(call, view));
  auto items = nlohmann::ordered_json::array();
  for (const Availability& availability : item.sku->availabilities) {
    if (shown(view, *item.product, availability)) {
      items.push_back(availability_json(*item.product, *item.sku, availability, *view.market));
    }
  }
  return collection_reply(std::move(items), view.path + sku_path(item) + "/availabilities" +
                                                catalogue_query(call, view));
}

Result<Reply> get_availability(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  PCSIM_TRY(item, sku_of(call, view));
  const Availability* found = find_availability(*item.sku, call.path.at("availabilityId"));
  if (found == nullptr || !sold(view, *item.product)) {
    return ErrorCode::AvailabilityNotFound;
  }
  return Reply{0, availability_json(*item.product, *item.sku, *found, *view.market).dump(), {}};
}

}  // namespace

Result<Reply> handle_ListProducts(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  return list_products(call, view);
}

Result<Reply> handle_ListCustomerProducts(const Call& call) {
  PCSIM_TRY(view, catalogue_view(call));
  return call.env.switches.is({Switch::CustomerProducts, "skus"}) ? list_all_skus(call, view)
                                                                  : list_products(call, view);
}

Result<Reply> handle_GetProduct(const Call& call) { return get_product(call); }
Result<Reply> handle_GetCustomerProduct(const Call& call) { return get_product(call); }
Result<Reply> handle_ListSkus(const Call& call) { return list_skus(call); }
Result<Reply> handle_ListCustomerSkus(const Call& call) { return list_skus(call); }
Result<Reply> handle_GetSku(const Call& call) { return get_sku(call); }
Result<Reply> handle_GetCustomerSku(const Call& call) { return get_sku(call); }
Result<Reply> handle_ListAvailabilities(const Call& call) { return list_availabilities(call); }
Result<Reply> handle_ListCustomerAvailabilities(const Call& call) {
  return list_availabilities(call);
}
Result<Reply> handle_GetAvailability(const Call& call) { return get_availability(call); }
Result<Reply> handle_GetCustomerAvailability(const Call& call) { return get_availability(call); }

// The pages' tables say POST where their samples and the SDK say GET: both are answered.
Result<Reply> handle_PostCustomerProducts(const Call& call) {
  return handle_ListCustomerProducts(call);
}
Result<Reply> handle_PostCustomerSkus(const Call& call) { return list_skus(call); }
Result<Reply> handle_PostCustomerSku(const Call& call) { return get_sku(call); }
Result<Reply> handle_PostCustomerAvailabilities(const Call& call) {
  return list_availabilities(call);
}
Result<Reply> handle_PostCustomerAvailability(const Call& call) { return get_availability(call); }

}  // namespace pcsim
