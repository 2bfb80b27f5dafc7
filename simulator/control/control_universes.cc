#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "codec/reference_data.h"
#include "codec/time.h"
#include "codec/world_file.h"
#include "control/control_call.h"
#include "control/control_json.h"
#include "http/universe_choice.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kMaxUniverses = 10'000;

/// What a new universe begins with: a shared start, or why there is none.
using Beginning = std::variant<std::shared_ptr<const UniverseStart>, std::string>;

/// Chooses switches; a failure is a sentence.
std::string choose_switches(const json& wanted, Switches& switches) {
  for (const auto& [name, option] : wanted.items()) {
    if (std::string problem = switches.choose_or_explain(name, option.get<std::string>());
        !problem.empty()) {
      return problem;
    }
  }
  return {};
}

/// The world of `from`, or of `world`, with the delay of the start or of what is forked.
Beginning beginning_of(const ControlCall& call) {
  UniverseStart start = call.options.start;
  const std::string from = call.body.value("from", "start");
  if (call.body.contains("world")) {
    auto world = read_world(call.body["world"].dump(), call.reference.markets);
    if (const auto* failure = std::get_if<DataFailure>(&world)) {
      return failure->member + " " + failure->text;
    }
    start.world = std::move(std::get<World>(world));
  } else if (from == "empty") {
    const Switches switches = start.world.switches;
    start.world = World{};
    start.world.switches = switches;
  } else if (from != "start") {
    const auto parent = call.universes.find(from);
    if (!parent) {
      return "there is no universe '" + from + "' to fork; from may also be start or empty";
    }
    if (!call.body.contains("switches") && !call.body.contains("delaySeconds")) {
      return parent->fork();
    }
    start = *parent->fork();
  }
  if (call.body.contains("delaySeconds")) {
    start.delay = call.body["delaySeconds"].get<Instant>() * kSecond;
  }
  if (call.body.contains("switches")) {
    if (std::string problem = choose_switches(call.body["switches"], start.world.switches);
        !problem.empty()) {
      return problem;
    }
  }
  start.world.freeze();
  return std::make_shared<const UniverseStart>(std::move(start));
}

ordered_json switches_json(const Switches& switches) {
  ordered_json out = ordered_json::object();
  std::size_t at = 0;
  for (const SwitchRow& row : switch_rows()) {
    const auto which = static_cast<Switch>(at++);
    if (switches.position(which) != 0) {
      out[std::string{row.name}] = std::string{switches.chosen(which)};
    }
  }
  return out;
}

}  // namespace

Response control_Health(const ControlCall& call) {
  return control_answer(call, {{"status", "ok"}, {"universes", call.universes.size()}});
}

Response control_ListUniverses(const ControlCall& call) {
  ordered_json items = ordered_json::array();
  for (const auto& universe : call.universes.all()) {
    items.push_back({{"id", universe->id()}, {"basePath", "/~" + universe->id()}});
  }
  return control_answer(call, {{"universes", std::move(items)}});
}

Response control_CreateUniverse(const ControlCall& call) {
  const std::string id = call.body.value("id", "");
  if (call.body.contains("id") && !usable_name(id)) {
    return control_refusal(400, "id must be 1 to 64 lower-case letters, digits or dashes");
  }
  const std::string from = call.body.value("from", "start");
  auto beginning = beginning_of(call);
  if (const auto* problem = std::get_if<std::string>(&beginning)) {
    return control_refusal(400, *problem);
  }
  // Two creations of one name must not both find it free.
  const std::scoped_lock lock{call.mutex};
  const std::string name = id.empty() ? call.ids.hex(12) : id;
  if (call.universes.find(name)) {
    return control_refusal(409, "universe '" + name + "' exists; reset it or choose another id");
  }
  if (call.universes.size() >= kMaxUniverses) {
    return control_refusal(
        429, "there are " + std::to_string(kMaxUniverses) + " universes already; delete some");
  }
  const std::uint64_t seed =
      call.body.contains("seed") ? call.body["seed"].get<std::uint64_t>() : call.ids.next();
  auto universe = std::make_shared<Universe>(
      name, std::move(std::get<std::shared_ptr<const UniverseStart>>(beginning)), seed,
      call.options.clock);
  if (const auto parent = call.universes.find(from)) {
    universe->begin_clock(parent->facts().clock);
  }
  call.universes.add(universe, call.body.value("lifetimeSeconds", Instant{0}) * kSecond);
  return control_answer(call, {{"id", name}, {"basePath", "/~" + name}});
}

Response control_InspectUniverse(const ControlCall& call) {
  const UniverseFacts facts = call.universe->facts();
  return control_answer(call, {{"id", facts.id},
                               {"basePath", "/~" + facts.id},
                               {"seed", facts.seed},
                               {"delaySeconds", static_cast<double>(facts.delay) / kSecond},
                               {"clock", clock_json(facts.clock)},
                               {"switches", switches_json(facts.switches)},
                               {"rows",
                                {{"partners", facts.partners},
                                 {"customers", facts.customers},
                                 {"orders", facts.orders},
                                 {"subscriptions", facts.subscriptions},
                                 {"reservations", facts.reservations}}},
                               {"exchanges", facts.exchanges},
                               {"writes", facts.writes},
                               {"snapshots", facts.snapshots}});
}

Response control_DeleteUniverse(const ControlCall& call) {
  // Requests that name no universe need one to be about.
  if (call.universe->id() == kMainUniverse) {
    return control_refusal(409, "the main universe stays; reset it instead");
  }
  call.universes.remove(call.universe->id());
  return control_answer(call, nullptr);
}

Response control_ResetUniverse(const ControlCall& call) {
  call.universe->reset();
  return control_answer(call, {{"id", call.universe->id()}});
}

Response control_ListSnapshots(const ControlCall& call) {
  return control_answer(
      call, {{"id", call.universe->id()}, {"snapshots", call.universe->facts().snapshots}});
}

Response control_TakeSnapshot(const ControlCall& call) {
  const std::string& name = call.parameter("snapshot");
  if (!usable_name(name)) {
    return control_refusal(400,
                           "a snapshot is called by 1 to 64 lower-case letters, digits or dashes");
  }
  if (!call.universe->snapshot(name)) {
    return control_refusal(429, "a universe keeps " + std::to_string(Universe::kMaxSnapshots) +
                                    " snapshots; delete one");
  }
  return control_answer(call, {{"id", call.universe->id()}, {"snapshot", name}});
}

Response control_RestoreSnapshot(const ControlCall& call) {
  const std::string& name = call.parameter("snapshot");
  if (!call.universe->restore(name)) {
    return control_refusal(404, "there is no snapshot '" + name + "'");
  }
  return control_answer(call, {{"id", call.universe->id()}, {"snapshot", name}});
}

Response control_DeleteSnapshot(const ControlCall& call) {
  const std::string& name = call.parameter("snapshot");
  return call.universe->forget_snapshot(name)
             ? control_answer(call, nullptr)
             : control_refusal(404, "there is no snapshot '" + name + "'");
}

}  // namespace pcsim
