#include <nlohmann/json.hpp>
#include <string>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/product_upgrade.h"
#include "codec/reference_data.h"
#include "domain/commerce/product_upgrade.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using partner_center::text_of;

constexpr const char* kFamilies = "https://learn.microsoft.com/partner-center/developer/";

// The customer of the body: the path names none, so the gateway could not look.
Result<const Customer*> body_customer(const Call& call) {
  const std::string id = lower(text_of(call.body, "customerid"));
  const Customer* found = is_guid(id) ? call.world.customers.find(id) : nullptr;
  if (found == nullptr) {
    return ErrorCode::InvalidCustomerId;
  }
  const Partner* partner = calling_partner(call);
  const std::string key = partner == nullptr ? std::string{} : partner_key_of(*partner);
  if (found->partner_key != key && found->reseller_key != key) {
    return Error{ErrorCode::NoCommerceRelationshipDetailed,
                 {partner == nullptr ? "" : partner->mpn_id, call.principal.tenant_id,
                  found->commerce_id, found->id},
                 {}};
  }
  const std::string family = text_of(call.body, "productfamily");
  if (!equal_ignoring_case(family, "azure")) {
    return Error{ErrorCode::EnumParseFailed, {family, kFamilies}, {}};
  }
  return found;
}

}  // namespace

Result<Reply> handle_GetProductUpgradeEligibility(const Call& call) {
  PCSIM_TRY(customer, body_customer(call));
  const auto verdict = check_product_upgrade(scene_of(call, *customer));
  const ProductUpgrade* latest = latest_upgrade(call.world, customer->id);
  const bool running = latest != nullptr && call.env.now < latest->completes;
  return Reply{
      0,
      upgrade_eligibility_json(customer->id, verdict, running ? latest : nullptr, call.env.locale)
          .dump(),
      {}};
}

Result<Reply> handle_CreateProductUpgrade(const Call& call) {
  PCSIM_TRY(customer, body_customer(call));
  const PurchaseScene scene = scene_of(call, *customer);
  PCSIM_TRY(allowed, check_product_upgrade(scene));
  static_cast<void>(allowed);
  const ProductUpgrade& started = start_product_upgrade(call.world, call.env, scene);
  Reply reply;
  reply.headers.add("Location", "productUpgrades/" + started.id);
  return reply;
}

Result<Reply> handle_GetProductUpgradeStatus(const Call& call) {
  PCSIM_TRY(customer, body_customer(call));
  PCSIM_TRY(upgrade, find_product_upgrade(call.world, *customer, call.path.at("upgradeId")));
  return Reply{0, upgrade_status_json(*upgrade, call.env.now).dump(), {}};
}

}  // namespace pcsim
