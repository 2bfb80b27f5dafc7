#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/acts/acts.h"
#include "control/control_call.h"

namespace pcsim {

using nlohmann::ordered_json;

Response control_ListActs(const ControlCall& call) {
  ordered_json out = ordered_json::array();
  for (const Act& act : acts()) {
    ordered_json parameters = ordered_json::array();
    for (const ActParameter& parameter : act.parameters) {
      parameters.push_back({{"name", parameter.name},
                            {"type", parameter.type == ActType::Text ? "string" : "boolean"},
                            {"required", parameter.required},
                            {"meaning", parameter.meaning}});
    }
    out.push_back(
        {{"name", act.name}, {"effect", act.effect}, {"parameters", std::move(parameters)}});
  }
  return control_answer(call, {{"acts", std::move(out)}});
}

Response control_PerformAct(const ControlCall& call) {
  const std::string& name = call.parameter("act");
  const auto row =
      std::find_if(acts().begin(), acts().end(), [&](const Act& act) { return act.name == name; });
  if (row == acts().end()) {
    return control_refusal(404, "there is no act '" + name + "'; GET lists them");
  }
  Exchange exchange;
  const auto refused = call.universe->access([&](World& world, Env& env, Universe& journal) {
    exchange.operation = row->name;
    exchange.method = "POST";
    exchange.path = "/universes/" + journal.id() + "/acts/" + exchange.operation;
    exchange.schema = "unchecked";
    exchange.at = env.now;
    env.trace = &exchange.trace;
    const std::uint64_t before = world.writes();
    auto refusal = perform_act(*row, {world, env, call.reference, call.body});
    exchange.writes = world.writes() - before;
    exchange.status = refusal ? refusal->status : 200;
    exchange.outcome = refusal ? "refused" : "success";
    exchange.note = refusal ? refusal->sentence : "";
    journal.record(exchange);
    return refusal;
  });
  return refused ? control_refusal(refused->status, refused->sentence)
                 : control_answer(call, {{"id", call.universe->id()}, {"act", row->name}});
}

}  // namespace pcsim
