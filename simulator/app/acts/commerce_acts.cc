#include "app/acts/commerce_acts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "domain/commerce/lifecycle.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Outcome = std::optional<ActRefusal>;

std::string text(const ActScene& scene, const char* name) {
  return scene.parameters.value(name, std::string{});
}

/// A whole number from 0 that is sent as text.
std::optional<std::int64_t> number(const std::string& digits) {
  std::int64_t out = -1;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, out);
  return error == std::errc{} && stop == end && out >= 0 ? std::optional{out} : std::nullopt;
}

constexpr std::array<std::pair<std::string_view, OfferUpdates>, 3> kUpdates{{
    {"allowed", OfferUpdates::Allowed},
    {"paused", OfferUpdates::Paused},
    {"refused", OfferUpdates::Refused},
}};

constexpr std::array<std::pair<std::string_view, HoldReason>, 10> kReasons{{
    {"contact_support", HoldReason::ContactSupport},
    {"partner_not_eligible", HoldReason::PartnerNotEligible},
    {"credit_line", HoldReason::CreditLine},
    {"credit_line_refused", HoldReason::CreditLineRefused},
    {"customer_not_eligible", HoldReason::CustomerNotEligible},
    {"order_not_eligible", HoldReason::OrderNotEligible},
    {"risk", HoldReason::Risk},
    {"tags_missing", HoldReason::TagsMissing},
    {"credit_limit", HoldReason::CreditLimit},
    {"subscription_limit", HoldReason::SubscriptionLimit},
}};

template <class Rows>
auto row_of(const Rows& rows, const std::string& word) {
  return std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == word; });
}

template <class Rows>
std::string words_of(const Rows& rows) {
  std::string out;
  for (const auto& [word, value] : rows) {
    out += (out.empty() ? "" : ", ") + std::string{word};
  }
  return out;
}

}  // namespace

Outcome change_offer(const ActScene& scene) {
  OfferState state;
  state.item = lower(text(scene, "item"));
  state.market = text(scene, "market");
  if (const OfferState* known = scene.world.offers.find(offer_key(state))) {
    state = *known;
  }
  state.withdrawn = scene.parameters.value("withdrawn", state.withdrawn);
  if (const std::string stock = text(scene, "stock"); !stock.empty()) {
    state.stock = number(stock);
    if (!state.stock) {
      return ActRefusal{400, "stock must be digits in a string"};
    }
  }
  if (const std::string word = text(scene, "updates"); !word.empty()) {
    const auto* row = row_of(kUpdates, word);
    if (row == kUpdates.end()) {
      return ActRefusal{400, "updates must be one of " + words_of(kUpdates)};
    }
    state.updates = row->second;
  }
  const std::string key = offer_key(state);
  scene.world.offers.put(key, std::move(state));
  return std::nullopt;
}

Outcome hold_purchases(const ActScene& scene) {
  TransactionHold hold{lower(text(scene, "customerId")), text(scene, "item")};
  if (scene.world.customers.find(hold.customer_id) == nullptr) {
    return ActRefusal{404, "there is no customer '" + hold.customer_id + "' in this universe"};
  }
  const std::string key = hold_key(hold);
  const std::string word = text(scene, "reason");
  if (word == "none") {
    scene.world.holds.erase(key);
    return std::nullopt;
  }
  const auto* row = row_of(kReasons, word);
  if (row == kReasons.end()) {
    return ActRefusal{400, "reason must be none or one of " + words_of(kReasons)};
  }
  hold.reason = row->second;
  scene.world.holds.put(key, std::move(hold));
  return std::nullopt;
}

Outcome change_quota(const ActScene& scene) {
  const std::string id = lower(text(scene, "azureSubscriptionId"));
  if (scene.world.azure_subscriptions.find(id) == nullptr) {
    return ActRefusal{404, "there is no Azure subscription '" + id + "' in this universe"};
  }
  const auto cores = number(text(scene, "cores"));
  if (!cores) {
    return ActRefusal{400, "cores must be digits in a string"};
  }
  scene.world.azure_subscriptions.edit(id)->cores = *cores;
  return std::nullopt;
}

Outcome activate_service(const ActScene& scene) {
  const std::string id = lower(text(scene, "subscriptionId"));
  const Subscription* found = scene.world.subscriptions.find(id);
  if (found == nullptr) {
    return ActRefusal{404, "there is no subscription '" + id + "' in this universe"};
  }
  if (found->activated) {
    return ActRefusal{409, "the service is activated already"};
  }
  scene.world.subscriptions.edit(id)->activated = true;
  return std::nullopt;
}

}  // namespace pcsim
