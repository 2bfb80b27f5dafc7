#include "app/arm/arm_call.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pcsim/text.h"

namespace pcsim {
Actor actor_of(const Call& call) {
  const Principal& principal = call.principal;
  return {lower(principal.tenant_id),
          lower(principal.object_id),
          principal.is_user ? principal.user_principal_name : principal.application_id,
          principal.groups,
          principal.is_guest,
          lower(principal.home_tenant)};
}

const Customer* customer_of_token(const Call& call) {
  return call.world.customers.find(lower(call.principal.tenant_id));
}

std::string path_id(const Call& call, const char* name) { return lower(call.path.at(name)); }

std::string query_value(const Call& call, const char* name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string{} : found->second;
}

std::string address_of(const Call& call, const std::string& path) {
  return call.base_url + path + "?api-version=" + query_value(call, "api-version");
}

std::string retry_after(Instant duration) {
  constexpr Instant kMostSeconds = 120;
  return std::to_string(std::clamp<Instant>((duration + kSecond - 1) / kSecond, 0, kMostSeconds));
}

}  // namespace pcsim
