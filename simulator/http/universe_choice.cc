#include "http/universe_choice.h"

#include <string_view>

#include "codec/entra/form.h"
#include "domain/identity/identity.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

bool issues_tokens(OperationId id) {
  switch (id) {
    case OperationId::TokenV1:
    case OperationId::TokenV2:
    case OperationId::AuthorizeV1:
    case OperationId::AuthorizeV2:
    case OperationId::SignInV1:
    case OperationId::SignInV2:
    case OperationId::DeviceCodeV1:
    case OperationId::DeviceCodeV2:
    case OperationId::DevicePage:
    case OperationId::DeviceSignIn:
      return true;
    default:
      return false;
  }
}

bool any_tenant(const std::string& tenant) {
  return equal_ignoring_case(tenant, "common") || equal_ignoring_case(tenant, "organizations") ||
         equal_ignoring_case(tenant, "consumers") || tenant == kConsumersTenant;
}

}  // namespace

std::string named_universe(const Request& request, const std::string& prefix) {
  if (!prefix.empty()) {
    return prefix;
  }
  const auto header = request.headers.find("Proxy-Authorization");
  const auto credentials = header ? decode_basic(*header) : std::nullopt;
  return credentials ? credentials->first : std::string{};
}

Result<std::shared_ptr<Universe>> choose_universe(UniverseRegistry& universes,
                                                  const std::string& name,
                                                  const RouteMatch& match) {
  if (!name.empty()) {
    auto universe = universes.find(name);
    if (!universe) {
      return Error{ErrorCode::UniverseNotFound, {name}, {}};
    }
    return universe;
  }
  auto main = universes.find(kMainUniverse);
  const auto tenant = match.path.find("tenant");
  if (match.operation == nullptr || tenant == match.path.end()) {
    return main;
  }
  const bool token = issues_tokens(match.operation->id);
  if (any_tenant(tenant->second)) {
    if (token && universes.size() > 1) {
      return Error{ErrorCode::UniverseNotChosen, {tenant->second}, {}};
    }
    return main;
  }
  const auto holders = universes.holding(tenant->second, 2);
  // The documents of a tenant are the same wherever it lives; a token is not.
  if (token && holders.size() > 1) {
    return Error{ErrorCode::UniverseNotChosen, {tenant->second}, {}};
  }
  if (!holders.empty()) {
    return holders.front();
  }
  PCSIM_TRY(own, universes.automatic(tenant->second));
  return own ? own : main;
}

}  // namespace pcsim
