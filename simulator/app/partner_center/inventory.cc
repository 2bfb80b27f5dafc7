#include <nlohmann/json.hpp>
#include <string>

#include "app/handlers.h"
#include "app/partner_center/catalogue_view.h"
#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/collection.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim {

Result<Reply> handle_CheckInventory(const Call& call) {
  using partner_center::text_of;
  if (call.reference.markets.find(catalogue_parameter(call, "country")) == nullptr) {
    return Error{ErrorCode::InvalidRequestInput, {}, "country"};
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
