#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"
#include "control/control_call.h"
#include "control/control_json.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kMostEvents = 1'000;

ordered_json due_json(const std::vector<DueEvent>& events, std::size_t limit) {
  ordered_json items = ordered_json::array();
  for (std::size_t i = 0; i < events.size() && i < limit; ++i) {
    const DueEvent& event = events[i];
    items.push_back({{"at", to_iso(event.at)},
                     {"event", std::string{event.what}},
                     {"id", event.id},
                     {"asynchronous", event.work}});
  }
  return items;
}

/// Reads a way for time to run; a failure is a sentence.
std::string read_setting(const json& wanted, ClockSetting& setting) {
  if (wanted.contains("mode")) {
    setting.mode = *clock_mode_of(wanted["mode"].get<std::string>());
  }
  if (wanted.contains("now")) {
    const auto at = parse_instant(wanted["now"].get<std::string>());
    if (!at) {
      return "/now must be a date such as 2026-03-01T00:00:00Z";
    }
    setting.at = *at;
  }
  if (wanted.contains("rate")) {
    setting.rate = static_cast<std::int64_t>(wanted["rate"].get<double>() * 1'000);
  }
  if (wanted.contains("step")) {
    const auto step = parse_duration(wanted["step"].get<std::string>());
    if (!step) {
      return "/step must be a duration such as 1s or 250ms";
    }
    setting.step = *step;
  }
  return {};
}

/// By how much the clock is to be moved on; nothing when it is not.
std::variant<Instant, std::string> read_advance(const json& wanted) {
  if (wanted.contains("advanceSeconds")) {
    return wanted["advanceSeconds"].get<Instant>() * kSecond;
  }
  if (!wanted.contains("advance")) {
    return Instant{0};
  }
  const auto duration = parse_duration(wanted["advance"].get<std::string>());
  if (!duration) {
    return std::string{"/advance must be a duration such as 7d, 36h, 90s or 1d12h"};
  }
  return *duration;
}

}  // namespace

Response control_GetClock(const ControlCall& call) {
  ordered_json answer{{"id", call.universe->id()}};
  answer.update(clock_json(call.universe->facts().clock));
  return control_answer(call, answer);
}

Response control_SetClock(const ControlCall& call) {
  if (call.body.empty()) {
    return control_refusal(400, "the body must say what to do, for example {\"advance\": \"7d\"}");
  }
  if (call.body.contains("advance") && call.body.contains("advanceSeconds")) {
    return control_refusal(400, "give advance or advanceSeconds, not both");
  }
  ClockSetting setting = call.universe->facts().clock;
  setting.at.reset();
  if (const std::string problem = read_setting(call.body, setting); !problem.empty()) {
    return control_refusal(400, problem);
  }
  const auto advance = read_advance(call.body);
  if (const auto* problem = std::get_if<std::string>(&advance)) {
    return control_refusal(400, *problem);
  }
  const bool another_way = call.body.contains("mode") || call.body.contains("now") ||
                           call.body.contains("rate") || call.body.contains("step");
  if (another_way) {
    call.universe->set_clock(setting);
  }
  const Instant duration = std::get<Instant>(advance);
  const auto passed = call.universe->due(duration);
  call.universe->advance(duration);
  if (call.body.value("untilIdle", false)) {
    call.universe->run_until_idle();
  }
  ordered_json answer{{"id", call.universe->id()}};
  answer.update(clock_json(call.universe->facts().clock));
  answer["passed"] = passed.size();
  return control_answer(call, answer);
}

Response control_ListDueEvents(const ControlCall& call) {
  const std::string within = call.asked("within");
  const auto duration = parse_duration(within.empty() ? "30d" : within);
  if (!duration) {
    return control_refusal(400, "within must be a duration such as 30d");
  }
  const auto events = call.universe->due(*duration);
  return control_answer(call, {{"id", call.universe->id()},
                               {"count", events.size()},
                               {"events", due_json(events, kMostEvents)}});
}

}  // namespace pcsim
