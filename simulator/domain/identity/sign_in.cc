#include "domain/identity/sign_in.h"

#include <algorithm>
#include <vector>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kLocalhost = "http://localhost";

/// `http://localhost:1234/x` as `http://localhost/x`; anything else as it is.
std::string without_local_port(std::string_view uri) {
  if (uri.substr(0, kLocalhost.size()) != kLocalhost || uri.size() == kLocalhost.size() ||
      uri[kLocalhost.size()] != ':') {
    return std::string{uri};
  }
  // Anything but digits would name another host: http://localhost:1@example.org is not here.
  const std::size_t end = uri.find_first_not_of("0123456789", kLocalhost.size() + 1);
  const std::string_view rest =
      end == std::string_view::npos ? std::string_view{} : uri.substr(end);
  const bool port = rest.empty() || rest.front() == '/' || rest.front() == '?';
  return port ? std::string{kLocalhost} + std::string{rest} : std::string{uri};
}

std::string_view without_slash(std::string_view text) {
  if (!text.empty() && text.back() == '/') {
    text.remove_suffix(1);
  }
  return text;
}

bool lists(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& known) {
           return equal_ignoring_case(without_slash(known), without_slash(name));
         });
}

/// How strict a demand is.
int strictness(AccessDemand demand) {
  switch (demand) {
    case AccessDemand::Mfa:
      return 1;
    case AccessDemand::ExternalChallenge:
      return 2;
    case AccessDemand::Block:
      return 3;
  }
  return 0;
}

/// A code that has ended is kept for as long again, so that whoever brings it learns why.
template <class Code>
void prune(Table<Code>& codes, Instant now) {
  constexpr Instant kMemory = 3'600 * kSecond;
  std::vector<std::string> ended;
  std::string first;
  Instant first_ends = 0;
  for (const auto& [key, code] : codes) {
    if (code.expires + kMemory <= now) {
      ended.push_back(key);
    } else if (first.empty() || code.expires < first_ends) {
      first = key;
      first_ends = code.expires;
    }
  }
  for (const std::string& key : ended) {
    codes.erase(key);
  }
  if (codes.size() >= kMaxCodes) {
    codes.erase(first);
  }
}

}  // namespace

const GuestAccess* guest_access(const User& user, std::string_view tenant_id) {
  for (const GuestAccess& guest : user.guest_of) {
    if (equal_ignoring_case(guest.tenant_id, tenant_id)) {
      return &guest;
    }
  }
  return nullptr;
}

std::string service_principal_key(std::string_view client_id, std::string_view tenant_id) {
  return lower(client_id) + "|" + lower(tenant_id);
}

const ServicePrincipal* find_service_principal(const World& world, std::string_view client_id,
                                               std::string_view tenant_id) {
  return world.service_principals.find(service_principal_key(client_id, tenant_id));
}

bool redirect_allowed(const Application& application, std::string_view uri) {
  const std::string asked = without_local_port(uri);
  return std::any_of(application.redirect_uris.begin(), application.redirect_uris.end(),
                     [&](const std::string& known) {
                       return without_slash(without_local_port(known)) == without_slash(asked);
                     });
}

bool has_consented(const World& world, std::string_view client_id, std::string_view tenant_id,
                   std::string_view user_id) {
  const ServicePrincipal* found = find_service_principal(world, client_id, tenant_id);
  if (found == nullptr || found->admin_consent) {
    return true;
  }
  return std::any_of(found->consenting_users.begin(), found->consenting_users.end(),
                     [&](const std::string& id) { return equal_ignoring_case(id, user_id); });
}

void keep_consent(World& world, std::string_view client_id, std::string_view tenant_id,
                  std::string_view user_id, bool for_everybody) {
  ServicePrincipal* found =
      world.service_principals.edit(service_principal_key(client_id, tenant_id));
  if (found == nullptr || has_consented(world, client_id, tenant_id, user_id)) {
    return;
  }
  if (for_everybody) {
    found->admin_consent = true;
  } else {
    found->consenting_users.push_back(lower(user_id));
  }
}

const AccessPolicy* applying_policy(const World& world, const SignInFacts& facts, bool mfa) {
  const AccessPolicy* strictest = nullptr;
  for (const auto& [id, policy] : world.access_policies) {
    if (!equal_ignoring_case(policy.tenant_id, facts.tenant_id) ||
        (policy.demand == AccessDemand::Mfa && mfa) || !lists(policy.users, facts.user_id) ||
        !lists(policy.clients, facts.client_id) || !lists(policy.audiences, facts.audience)) {
      continue;
    }
    if (strictest == nullptr || strictness(policy.demand) > strictness(strictest->demand)) {
      strictest = &policy;
    }
  }
  return strictest;
}

void prune_codes(Table<AuthorizationCode>& codes, Instant now) { prune(codes, now); }

void prune_codes(Table<DeviceCode>& codes, Instant now) { prune(codes, now); }

const DeviceCode* find_user_code(const World& world, std::string_view user_code) {
  std::string plain;
  for (const char c : user_code) {
    if (c != '-' && c != ' ') {
      plain.push_back(c);
    }
  }
  for (const auto& [key, code] : world.device_codes) {
    if (!plain.empty() && equal_ignoring_case(code.user_code, plain)) {
      return &code;
    }
  }
  return nullptr;
}

}  // namespace pcsim
