#include "control/control_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/time.h"

namespace pcsim {

using nlohmann::ordered_json;

ordered_json clock_json(const ClockSetting& setting) {
  ordered_json out{{"now", to_iso(setting.at.value_or(0))},
                   {"mode", std::string{clock_mode_name(setting.mode)}}};
  if (setting.mode == ClockMode::Scaled) {
    out["rate"] = static_cast<double>(setting.rate) / 1'000;
  }
  if (setting.mode == ClockMode::Stepped) {
    out["stepSeconds"] = static_cast<double>(setting.step) / kSecond;
  }
  return out;
}

ordered_json exchange_json(const Exchange& exchange) {
  ordered_json rules = ordered_json::array();
  for (const RuleSeen& seen : exchange.trace.rules) {
    rules.push_back({{"rule", seen.rule}, {"broken", seen.broken}});
  }
  ordered_json values = ordered_json::array();
  for (const auto& [name, value] : exchange.trace.values) {
    values.push_back({{"fact", name}, {"value", value}});
  }
  return {{"serial", exchange.serial},        {"at", to_iso(exchange.at)},
          {"requestId", exchange.request_id}, {"operation", exchange.operation},
          {"method", exchange.method},        {"path", exchange.path},
          {"principal", exchange.principal},  {"schema", exchange.schema},
          {"rules", std::move(rules)},        {"values", std::move(values)},
          {"outcome", exchange.outcome},      {"status", exchange.status},
          {"writes", exchange.writes},        {"note", exchange.note}};
}

}  // namespace pcsim
