#include "control/control.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/acts/acts.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxUniverses = 10'000;

Response answer(int status, const ordered_json& body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  return response;
}

Response refusal(int status, const std::string& text) {
  return answer(status, {{"error", {{"status", status}, {"message", text}}}});
}

bool usable_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

/// Reads `seed` and `switches` of a new universe; a failure is a sentence.
std::string read_start(const nlohmann::json& wanted, UniverseStart& start) {
  if (const auto seed = wanted.find("seed"); seed != wanted.end()) {
    if (!seed->is_number_unsigned()) {
      return "seed must be a whole number from 0";
    }
    start.seed = seed->get<std::uint64_t>();
  }
  const auto switches = wanted.find("switches");
  if (switches == wanted.end()) {
    return {};
  }
  if (!switches->is_object()) {
    return "switches must be an object, for example {\"bom\":\"never\"}";
  }
  for (const auto& [name, option] : switches->items()) {
    if (!option.is_string()) {
      return "the option of switch '" + name + "' must be a text";
    }
    if (std::string problem =
            start.world.switches.choose_or_explain(name, option.get<std::string>());
        !problem.empty()) {
      return problem;
    }
  }
  return {};
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
  return {{"at", to_iso(exchange.at)},
          {"requestId", exchange.request_id},
          {"operation", exchange.operation},
          {"method", exchange.method},
          {"path", exchange.path},
          {"principal", exchange.principal},
          {"schema", exchange.schema},
          {"rules", std::move(rules)},
          {"values", std::move(values)},
          {"outcome", exchange.outcome},
          {"status", exchange.status},
          {"writes", exchange.writes},
          {"note", exchange.note}};
}

/// The acts there are, so that nobody has to guess.
ordered_json acts_json() {
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
  return out;
}

bool same_secret(std::string_view left, std::string_view right) {
  unsigned difference = left.size() == right.size() ? 0U : 1U;
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^
                                        static_cast<unsigned char>(right[i]));
  }
  return difference == 0;
}

}  // namespace

Control::Control(UniverseRegistry& universes, UniverseStart start, std::string token,
                 Universe::WallClock clock, IdSource ids, const Reference& reference)
    : universes_(universes),
      start_(std::move(start)),
      token_(std::move(token)),
      clock_(std::move(clock)),
      ids_(ids),
      reference_(reference) {}

Response Control::create(const std::string& body) {
  const auto wanted =
      body.empty() ? nlohmann::json::object() : nlohmann::json::parse(body, nullptr, false);
  if (!wanted.is_object()) {
    return refusal(400, "the body must be a JSON object, for example {\"id\":\"lesson-1\"}");
  }
  const std::scoped_lock lock{mutex_};
  std::string id = ids_.hex(12);
  if (const auto given = wanted.find("id"); given != wanted.end()) {
    if (!given->is_string() || !usable_name(given->get<std::string>())) {
      return refusal(400, "id must be 1 to 64 lower-case letters, digits or dashes");
    }
    id = given->get<std::string>();
  }
  if (universes_.find(id)) {
    return refusal(409, "universe '" + id + "' exists; reset it or choose another id");
  }
  if (universes_.size() >= kMaxUniverses) {
    return refusal(429, "there are " + std::to_string(kMaxUniverses) + " universes already");
  }
  UniverseStart start = start_;
  start.seed = ids_.next();
  if (std::string problem = read_start(wanted, start); !problem.empty()) {
    return refusal(400, problem);
  }
  universes_.add(std::make_shared<Universe>(id, std::move(start), clock_));
  return answer(201, {{"id", id}, {"basePath", "/~" + id}});
}

Response Control::advance(Universe& universe, const std::string& body) {
  const auto wanted = nlohmann::json::parse(body, nullptr, false);
  const auto seconds = wanted.is_object() ? wanted.find("advanceSeconds") : wanted.end();
  if (!wanted.is_object() || seconds == wanted.end() || !seconds->is_number_integer() ||
      seconds->get<std::int64_t>() < 0 || seconds->get<std::int64_t>() > 3'153'600'000) {
    return refusal(400, "the body must be {\"advanceSeconds\":N} with N from 0 to 3153600000");
  }
  universe.advance(seconds->get<std::int64_t>() * kSecond);
  return answer(200, {{"id", universe.id()}, {"now", to_iso(universe.now())}});
}

Response Control::exchanges(Universe& universe) const {
  ordered_json items = ordered_json::array();
  for (const Exchange& exchange : universe.exchanges()) {
    items.push_back(exchange_json(exchange));
  }
  return answer(200, {{"id", universe.id()}, {"exchanges", std::move(items)}});
}

Response Control::act(Universe& universe, std::string_view name, const std::string& body) const {
  const auto row =
      std::find_if(acts().begin(), acts().end(), [&](const Act& act) { return act.name == name; });
  if (row == acts().end()) {
    return refusal(404, "there is no act '" + std::string{name} + "'; GET lists them");
  }
  const auto parameters = nlohmann::json::parse(body, nullptr, false);
  const auto refused = universe.access([&](World& world, Env& env, Universe& journal) {
    Exchange exchange;
    exchange.operation = row->name;
    exchange.method = "POST";
    exchange.path = "/universes/" + journal.id() + "/acts/" + exchange.operation;
    exchange.schema = "unchecked";
    exchange.at = env.now;
    env.trace = &exchange.trace;
    const std::uint64_t before = world.writes();
    auto refusal = perform_act(*row, {world, env, reference_, parameters});
    exchange.writes = world.writes() - before;
    exchange.status = refusal ? refusal->status : 200;
    exchange.outcome = refusal ? "refused" : "success";
    exchange.note = refusal ? refusal->sentence : "";
    journal.record(exchange);
    return refusal;
  });
  return refused ? refusal(refused->status, refused->sentence)
                 : answer(200, {{"id", universe.id()}, {"act", row->name}});
}

Response Control::handle(const Request& request) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (request.method == "GET" && path == "/health") {
    return answer(200, {{"status", "ok"}, {"universes", universes_.size()}});
  }
  const auto given = request.headers.find("Authorization");
  if (!given || given->substr(0, 7) != "Bearer " || !same_secret(given->substr(7), token_)) {
    return refusal(401, "send Authorization: Bearer with the controlToken of the ready file");
  }
  if (request.method == "POST" && path == "/universes") {
    return create(request.body);
  }
  const auto parts = split(path, '/');
  const bool of_act = parts.size() == 5 && parts[3] == "acts";
  if ((parts.size() != 4 && !of_act) || parts[1] != "universes") {
    return refusal(404,
                   "unknown path; use /health, /universes, /universes/{id}/reset, /clock, "
                   "/exchanges, /acts or /acts/{name}");
  }
  const auto universe = universes_.find(parts[2]);
  if (!universe) {
    return refusal(404, "there is no universe '" + std::string{parts[2]} + "'");
  }
  if (of_act && request.method == "POST") {
    return act(*universe, parts[4], request.body);
  }
  if (!of_act && request.method == "GET" && parts[3] == "acts") {
    return answer(200, {{"acts", acts_json()}});
  }
  if (request.method == "POST" && parts[3] == "reset") {
    universe->reset();
    return answer(200, {{"id", universe->id()}});
  }
  if (request.method == "POST" && parts[3] == "clock") {
    return advance(*universe, request.body);
  }
  if (request.method == "GET" && parts[3] == "exchanges") {
    return exchanges(*universe);
  }
  return refusal(405, request.method + " is not possible here; POST is");
}

Response Control::refuse(const Error& error) const {
  const ErrorRow& row = error_row(error.code);
  return refusal(row.status, fill(row.text_en, error.arguments));
}

}  // namespace pcsim
