#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>

namespace pcsim::contract {

/// Identities of the demo world, by what they are used for.
enum class Who {
  Admin,         ///< admin agent of the direct partner
  Sales,         ///< sales agent of the same
  Helpdesk,      ///< helpdesk agent of the same
  GlobalAdmin,   ///< global administrator of the same
  UserAdmin,     ///< user administrator of the same
  Director,      ///< global administrator and admin agent of the same
  WithoutMfa,    ///< admin agent who signed in without a second factor
  App,           ///< the direct partner's application on its own
  Provider,      ///< admin agent of the indirect provider
  Reseller,      ///< admin agent of the indirect reseller
  Sandbox,       ///< admin agent of a direct partner of the integration sandbox
  OtherPartner,  ///< admin agent of a direct partner without customers here
  Alice,         ///< owner of the customer with plan and permission
  Bob,           ///< user of the same customer, without a role
  ContosoApp,    ///< application of the same customer
  AliceOff,      ///< owner of the customer whose permission is off
  AliceLegacy,   ///< owner of the customer with the Microsoft Azure offer
  AliceAbroad,   ///< owner of the customer in a market without reservations
  AliceNorth,    ///< owner of the indirect provider's customer
};

constexpr const char* kPartnerCenterResource = "https://api.partnercenter.microsoft.com";
constexpr const char* kGraphResource = "https://graph.windows.net";
constexpr const char* kArmResource = "https://management.azure.com/";

/// Tenants and customers of the demo world.
namespace demo {
constexpr const char* kFabrikam = "a0000001-0000-4000-8000-000000000001";
constexpr const char* kProvider = "a0000002-0000-4000-8000-000000000001";
constexpr const char* kReseller = "a0000003-0000-4000-8000-000000000001";
constexpr const char* kSandbox = "a0000005-0000-4000-8000-000000000001";
constexpr const char* kElsewhereReseller = "a0000007-0000-4000-8000-000000000001";
constexpr const char* kUnsignedReseller = "a0000008-0000-4000-8000-000000000001";
constexpr const char* kContoso = "d0000001-0000-4000-8000-000000000001";
constexpr const char* kNoAgreement = "d0000002-0000-4000-8000-000000000001";
constexpr const char* kLegacy = "d0000003-0000-4000-8000-000000000001";
constexpr const char* kAbroad = "d0000004-0000-4000-8000-000000000001";
constexpr const char* kPermissionOff = "d0000005-0000-4000-8000-000000000001";
constexpr const char* kNorthwind = "d0000006-0000-4000-8000-000000000001";
constexpr const char* kOutOfService = "d0000007-0000-4000-8000-000000000001";
constexpr const char* kContosoPlan = "f0000001-0000-4000-8000-000000000001";
constexpr const char* kContosoAzure = "f0000001-0000-4000-8000-000000000002";
constexpr const char* kLegacySubscription = "f0000003-0000-4000-8000-000000000001";
constexpr const char* kAbroadPlan = "f0000004-0000-4000-8000-000000000001";
constexpr const char* kAbroadAzure = "f0000004-0000-4000-8000-000000000002";
constexpr const char* kPermissionOffAzure = "f0000005-0000-4000-8000-000000000002";
constexpr const char* kNorthwindAzure = "f0000006-0000-4000-8000-000000000002";
constexpr const char* kOutOfServicePlan = "f0000007-0000-4000-8000-000000000001";
constexpr const char* kCancelledAzure = "f0000007-0000-4000-8000-000000000002";
constexpr const char* kSuspendedSubscription = "f0000007-0000-4000-8000-000000000003";
constexpr const char* kDeletedSubscription = "f0000007-0000-4000-8000-000000000004";
constexpr const char* kNobody = "99999999-0000-4000-8000-000000000001";
constexpr const char* kAliceId = "e0000001-0000-4000-8000-000000000001";
constexpr const char* kBob = "e0000001-0000-4000-8000-000000000002";
constexpr const char* kCarol = "e0000001-0000-4000-8000-000000000003";
constexpr const char* kAdminAgents = "a0000001-0000-4000-8000-000000000009";
constexpr const char* kManagementGroup = "contoso-production";
constexpr const char* kFabrikamAccount =
    "a0000001-0000-4000-8000-000000000001:a0000001-0000-4000-8000-000000000009_2019-05-31";
constexpr const char* kFabrikamProfile = "A000-0001-000-001";
constexpr const char* kBillingService = "517f2da6-78fd-0498-4e22-ad26996b1dfc";
constexpr const char* kQuotaService = "06bfd9d3-516b-d5c6-5802-169c800dec89";
constexpr const char* kReturnClassification = "057f6615-3650-5370-57b2-e1a64af3b037";
constexpr const char* kInvoiceClassification = "d0f16bf7-e011-3f3b-1c26-3147f84e0896";
constexpr const char* kCoresClassification = "e12e3d1d-7fa0-af33-c6d0-3c50df9658a3";
}  // namespace demo

/// What a password or client credentials grant is asked with; `user` empty for an application.
struct Credentials {
  std::string tenant{}, client{}, secret{}, user{}, password{};
};

Credentials credentials_of(Who who);

/// A fresh demo world, on its own base path, given back when the object goes.
class Universe {
 public:
  Universe();
  /// With switches away from their defaults, by name.
  explicit Universe(const std::map<std::string, std::string>& switches);
  ~Universe();
  Universe(const Universe&) = delete;
  Universe& operator=(const Universe&) = delete;

  /// What stands before the path of every request: `/~name`.
  const std::string& base_path() const { return base_path_; }

  /// Whether its switches hold their defaults.
  bool by_default() const { return plain_; }

  /// What the steering interface knows of the latest requests, oldest first.
  nlohmann::json exchanges() const;

  /// An access token; asked for once and kept until the clock moves.
  const std::string& token(Who who, const std::string& resource);

  /// A token of the partner's admin agent for the customer's own tenant: delegated administration.
  std::string delegated_token(const std::string& customer, const std::string& resource);

  /// Asks the token endpoint with a form; the answer's JSON text. Not part of the journal.
  std::string ask_token(const std::string& tenant, const std::string& form) const;

  /// Moves the clock forward.
  void advance(long long seconds);

  /// Somebody who has no endpoint does something; `parameters` is a JSON object. The status.
  int act(const std::string& name, const std::string& parameters) const;

 private:
  /// Creates the universe the steering interface is asked for.
  void create(const std::string& wanted);

  std::string name_{}, base_path_{}, refresh_token_{};
  bool plain_ = true;  ///< may be used again, once reset
  std::map<std::pair<std::string, std::string>, std::string> tokens_{};
};

/// Percent-encodes for a form or a query value.
std::string encode(const std::string& text);

/// `name=value` pairs as a form.
std::string form(const std::map<std::string, std::string>& fields);

}  // namespace pcsim::contract
