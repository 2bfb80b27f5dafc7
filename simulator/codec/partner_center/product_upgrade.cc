#include "codec/partner_center/product_upgrade.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

const char* word_of(UpgradeState state) {
  switch (state) {
    case UpgradeState::Pending:
      return "Pending";
    case UpgradeState::InProgress:
      return "InProgress";
    case UpgradeState::Completed:
      return "Completed";
    case UpgradeState::Failed:
      return "Failed";
  }
  return "Pending";
}

ordered_json named(const std::string& id, const std::string& name) {
  ordered_json out;
  out["id"] = id;
  out["name"] = name;
  return out;
}

// The pages call the text a message, the SDK a description.
ordered_json failure_json(const std::string& text) {
  ordered_json out;
  out["code"] = std::string{error_row(ErrorCode::UpgradeNotProcessable).code};
  out["description"] = text;
  out["message"] = text;
  return out;
}

}  // namespace

ordered_json upgrade_eligibility_json(const std::string& customer_id, const Result<Done>& verdict,
                                      const ProductUpgrade* running, Locale locale) {
  ordered_json out;
  out["customerId"] = customer_id;
  out["isEligible"] = verdict.has_value();
  out["productFamily"] = "azure";
  if (!verdict) {
    out["reason"] = error_text(verdict.error(), locale);
  }
  if (running != nullptr) {
    out["upgradeId"] = running->id;
  }
  return out;
}

ordered_json upgrade_status_json(const ProductUpgrade& upgrade, Instant now) {
  const UpgradeState state = state_of(upgrade, now);
  const bool over = state == UpgradeState::Completed || state == UpgradeState::Failed;
  ordered_json out;
  out["id"] = upgrade.id;
  out["status"] = word_of(state);
  out["productFamily"] = "Azure";
  out["lineItems"] = ordered_json::array();
  for (const ProductUpgrade::Line& line : upgrade.lines) {
    ordered_json item;
    item["sourceProduct"] = named(line.source_id, line.source_name);
    item["targetProduct"] = named(line.target_id, line.target_name);
    if (over) {
      item["upgradedDate"] = to_iso(upgrade.completes);
    }
    item["status"] = word_of(state);
    if (state == UpgradeState::Failed) {
      item["errorDetails"] = failure_json(upgrade.failure);
    }
    out["lineItems"].push_back(std::move(item));
  }
  if (state == UpgradeState::Failed) {
    out["errorDetails"] = failure_json(upgrade.failure);
  }
  return out;
}

}  // namespace pcsim
