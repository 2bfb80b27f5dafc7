#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "codec/reference_data.h"
#include "http/gateway.h"

/// A gateway over the demo world, called in the process.
namespace pcsim::gateway_testing {

constexpr const char* kFabrikam = "a0000001-0000-4000-8000-000000000001";
constexpr const char* kContoso = "d0000001-0000-4000-8000-000000000001";
constexpr const char* kContosoAzure = "f0000001-0000-4000-8000-000000000002";
constexpr const char* kAbroad = "d0000004-0000-4000-8000-000000000001";
constexpr const char* kAbroadAzure = "f0000004-0000-4000-8000-000000000002";
constexpr const char* kPermissionOff = "d0000005-0000-4000-8000-000000000001";
constexpr const char* kPermissionOffAzure = "f0000005-0000-4000-8000-000000000002";
constexpr const char* kPartnerCenter = "https://api.partnercenter.microsoft.com";
constexpr const char* kManagement = "https://management.azure.com";

/// Leaves the claims readable; a token that does not start like one of its own is not.
class PlainAuthority : public TokenAuthority {
 public:
  std::string sign(std::string_view claims) const override;
  std::string jwks() const override;
  std::optional<std::string> verify(std::string_view token) const override;
};

using Form = std::map<std::string, std::string>;

/// `application/x-www-form-urlencoded` of `fields`.
std::string encode(const Form& fields);

/// One header of a response, empty when it is missing.
std::string header(const Response& response, std::string_view name);

/// The JSON of a response, a byte order mark passed over.
nlohmann::json body_of(const Response& response);

/// The claims of an access token in an answer.
nlohmann::json claims_of(const std::string& token);

/// A process with the universe `main`; a test may add more.
class Site {
 public:
  explicit Site(Switches switches = {});

  std::shared_ptr<Universe> add_universe(const std::string& id, Switches switches = {});
  Universe& main() { return *universes_.find("main"); }

  Response send(const std::string& method, const std::string& target, const std::string& token,
                const std::string& body = {}, Headers headers = {});

  /// POST of a form to `target`, which may carry a base path.
  Response post(const std::string& target, const Form& form, Headers headers = {});

  /// The v1 answer to a user of the demo world; `domain` is his and his application's.
  nlohmann::json sign_in(const std::string& user, const std::string& resource,
                         const std::string& prefix = {});
  /// Only the access token.
  std::string token(const std::string& user, const std::string& resource,
                    const std::string& prefix = {});
  /// An application's token of its own tenant.
  std::string app_token(const std::string& domain, const std::string& resource);
  /// A token of Fabrikam's admin agent at the tenant of a customer.
  std::string on_behalf_token(const std::string& tenant, const std::string& resource);

 private:
  UniverseRegistry universes_{};
  PlainAuthority authority_{};
  Gateway gateway_{universes_, authority_, built_in_reference()};
};

/// Client id and secret of the demo world's application in `domain`.
Form application_of(const std::string& domain);

}  // namespace pcsim::gateway_testing
