#include <array>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/subscription.h"
#include "codec/time.h"
#include "domain/commerce/lifecycle.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t out = seed;
  for (const char c : text) {
    out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return out;
}

// The directory names SKUs by GUIDs: an old offer's own, and one made of the name for the others.
std::string directory_sku(const std::string& offer_id) {
  if (is_guid(offer_id)) {
    return lower(offer_id);
  }
  const std::uint64_t high = hash_of(offer_id, 0xcbf29ce484222325ULL);
  const std::uint64_t low = hash_of(offer_id, high);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%08x-%04x-5%03x-8%03x-%012llx",
                static_cast<unsigned>(high >> 32U), static_cast<unsigned>(high >> 16U & 0xffffU),
                static_cast<unsigned>(high & 0xfffU), static_cast<unsigned>(low >> 52U),
                static_cast<unsigned long long>(low & 0xffffffffffffULL));
  return text.data();
}

}  // namespace

ordered_json provisioning_status_json(const Subscription& subscription, Instant now) {
  const bool waiting = subscription.provisioned && now < *subscription.provisioned;
  ordered_json out;
  out["skuId"] = directory_sku(subscription.offer_id);
  out["status"] = subscription.status == SubscriptionStatus::Deleted ? "failed"
                  : waiting                                          ? "pending"
                                                                     : "success";
  out["quantity"] = subscription.quantity;
  out["endDate"] = to_iso(term_end(subscription));
  partner_center::add_attributes(out, "SubscriptionProvisioningStatus");
  return out;
}

ordered_json support_contact_json(const SupportContact& contact, const std::string& uri) {
  ordered_json out;
  out["supportTenantId"] = contact.tenant_id;
  out["supportMpnId"] = contact.mpn_id;
  out["name"] = contact.name;
  out["links"]["self"] = partner_center::link(uri, "Get");
  partner_center::add_attributes(out, "SupportContact");
  return out;
}

SupportContact read_support_contact(const nlohmann::json& body) {
  using partner_center::text_of;
  return {lower(text_of(body, "supporttenantid")), text_of(body, "supportmpnid"),
          text_of(body, "name")};
}

}  // namespace pcsim
