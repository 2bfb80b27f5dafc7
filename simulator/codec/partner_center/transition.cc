#include "codec/partner_center/transition.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "codec/partner_center/line_parts.h"
#include "codec/partner_center/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::member;
using partner_center::text_of;

constexpr std::array<std::string_view, 3> kTypes{"none", "upgrade_only",
                                                 "upgrade_with_license_transfer"};

std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

ordered_json problems_json(const std::vector<TransitionProblem>& problems, Locale locale) {
  auto out = ordered_json::array();
  for (const TransitionProblem& problem : problems) {
    const ErrorRow& row = error_row(problem.error);
    ordered_json item;
    item["code"] = std::stoi(std::string{row.code});
    item["description"] = error_text(Error{problem.error, {}, {}}, locale);
    partner_center::add_text(item, "additionalDetails", problem.details);
    out.push_back(std::move(item));
  }
  return out;
}

ordered_json offer_json(const CatalogueItem& item, const std::string& country, Locale locale) {
  const std::string& id = item.availability->catalog_item_id;
  ordered_json out;
  out["id"] = id;
  out["name"] = item.sku->title;
  out["description"] = item.sku->description;
  out["minimumQuantity"] = item.sku->minimum_quantity;
  out["maximumQuantity"] = item.sku->maximum_quantity;
  out["uri"] = "/offers/" + id;
  out["locale"] = locale == Locale::French ? "fr-FR" : "en-US";
  out["country"] = country;
  out["isAddOn"] = !item.product->addon_of.empty();
  out["isAvailableForPurchase"] = true;
  out["billing"] = "license";
  out["supportedBillingCycles"] = item.sku->billing_cycles;
  out["isAutoRenewable"] = true;
  out["isTrial"] = item.sku->trial;
  out["unitType"] = "Licenses";
  out["product"]["id"] = item.product->id;
  out["product"]["name"] = item.product->title;
  out["product"]["unit"] = "Licenses";
  partner_center::add_self(out, "/offers/" + id + "?country=" + country);
  partner_center::add_attributes(out, "Offer");
  return out;
}

}  // namespace

ordered_json upgrade_json(const Transition& transition, const Subscription& row,
                          const std::string& country, Locale locale) {
  ordered_json out;
  out["targetOffer"] = offer_json(transition.target, country, locale);
  out["upgradeType"] = transition.problems.empty() ? kTypes[1] : kTypes[0];
  out["isEligible"] = transition.problems.empty();
  out["quantity"] = row.quantity;
  out["upgradeErrors"] = problems_json(transition.problems, locale);
  partner_center::add_attributes(out, "Upgrade");
  return out;
}

ordered_json upgrade_result_json(const Subscription& row, const std::string& target,
                                 TransitionType type,
                                 const std::vector<TransitionProblem>& problems, Locale locale) {
  ordered_json out;
  out["sourceSubscriptionId"] = wire_id(row);
  partner_center::add_text(out, "targetSubscriptionId", upper(target));
  out["upgradeType"] = static_cast<int>(type);
  out["upgradeErrors"] = problems_json(problems, locale);
  out["licenseErrors"] = ordered_json::array();
  partner_center::add_attributes(out, "UpgradeResult");
  return out;
}

TransitionWish read_transition_wish(const nlohmann::json& body) {
  TransitionWish out;
  out.target = text_of(member(body, "targetoffer"), "id");
  out.quantity = integer_member(body, "quantity", 0);
  const std::int64_t position = integer_member(body, "upgradetype", -1);
  const std::string word = plain(text_of(body, "upgradetype"));
  for (std::size_t at = 0; at < kTypes.size(); ++at) {
    if (static_cast<std::int64_t>(at) == position || plain(kTypes[at]) == word) {
      out.type = static_cast<TransitionType>(at);
    }
  }
  return out;
}

}  // namespace pcsim
