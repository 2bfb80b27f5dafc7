#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/world.h"
#include "pcsim/ports.h"

namespace pcsim {

struct Reference;

/// What an act works on; the parameters are an object that has passed the act's table.
struct ActScene {
  World& world;
  Env& env;
  const Reference& reference;
  const nlohmann::json& parameters;
};

/// Why an act did not happen: a status of the steering interface and a sentence.
struct ActRefusal {
  int status;
  std::string sentence;
};

/// A parameter's type.
enum class ActType { Text, Flag };

struct ActParameter {
  std::string_view name;
  ActType type;
  bool required;
  std::string_view meaning;
};

/// Something that people without an endpoint do: a customer in its admin center, Microsoft in its
/// back office. It follows the rules and leaves the traces that a request would.
struct Act {
  std::string_view name;
  std::span<const ActParameter> parameters;
  std::string_view effect;
  std::optional<ActRefusal> (*perform)(const ActScene&);
};

/// All acts. Documented in docs/using.md#acts.
std::span<const Act> acts();

/// Checks the parameters against the act's table and performs it.
std::optional<ActRefusal> perform_act(const Act& act, const ActScene& scene);

}  // namespace pcsim
