#pragma once

#include <memory>
#include <string>

#include "http/router.h"
#include "pcsim/message.h"
#include "pcsim/result.h"
#include "store/universe_registry.h"

namespace pcsim {

/// The universe that answers when a request names none: it always exists.
constexpr std::string_view kMainUniverse = "main";

/// The universe a base path `/~{universe}` or the user name of the proxy's credentials names;
/// empty when neither does.
std::string named_universe(const Request& request, const std::string& prefix);

/// The universe of a request on the sign-in surface: the named one, else the only one that holds
/// the tenant of the path. Errors: UniverseNotFound, UniverseNotChosen.
/// Source: docs/architecture.md, "Universes".
Result<std::shared_ptr<Universe>> choose_universe(UniverseRegistry& universes,
                                                  const std::string& name, const RouteMatch& match);

}  // namespace pcsim
