#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "app/entra/grant.h"
#include "codec/entra/client_assertion.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kAssertionType =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How far the clocks of client and service may be apart.
constexpr std::int64_t kSkewSeconds = 300;

/// What may follow the tenant in the audience of an assertion.
constexpr std::array<std::string_view, 5> kAudienceEnds{"/oauth2/token", "/oauth2/v2.0/token",
                                                        "/v2.0", "/", ""};

/// Whether `audience` is the token endpoint or the issuer of the request's tenant, by its own host
/// or one Microsoft publishes.
bool is_our_audience(const Call& call, const Grant& grant, std::string_view audience) {
  std::string_view rest;
  if (audience.substr(0, call.base_url.size()) == call.base_url) {
    rest = audience.substr(call.base_url.size());
  } else {
    constexpr std::string_view scheme = "https://";
    const std::size_t slash = audience.find('/', scheme.size());
    if (audience.substr(0, scheme.size()) != scheme || slash == std::string_view::npos ||
        !is_login_host(audience.substr(scheme.size(), slash - scheme.size()))) {
      return false;
    }
    rest = audience.substr(slash);
  }
  if (rest.empty() || rest.front() != '/') {
    return false;
  }
  const std::size_t end = rest.find('/', 1);
  const std::string_view segment = rest.substr(1, end == std::string_view::npos ? end : end - 1);
  const std::string_view last =
      end == std::string_view::npos ? std::string_view{} : rest.substr(end);
  const auto tenant = find_tenant(call.world, segment);
  const bool same = equal_ignoring_case(segment, call.path.at("tenant")) ||
                    (tenant && !tenant->any && tenant->id == grant.tenant.id);
  return same && std::find(kAudienceEnds.begin(), kAudienceEnds.end(), last) != kAudienceEnds.end();
}

/// Whether the assertion leaves it open which certificate signed it, or names this one.
bool may_be_of(const ClientAssertion& assertion, const ClientCertificate& certificate) {
  return (assertion.thumbprint.empty() || assertion.thumbprint == certificate.thumbprint) &&
         (assertion.thumbprint_sha256.empty() ||
          assertion.thumbprint_sha256 == certificate.thumbprint_sha256);
}

Result<Done> check_assertion(const Call& call, const std::string& text, const Grant& grant) {
  const auto assertion = decode_client_assertion(text);
  if (!assertion) {
    return ErrorCode::AadInvalidClientAssertion;
  }
  const auto& certificates = grant.application->certificates;
  if (!std::any_of(certificates.begin(), certificates.end(), [&](const auto& certificate) {
        return may_be_of(*assertion, certificate) && signed_by(*assertion, certificate.pem);
      })) {
    return ErrorCode::AadInvalidClientAssertion;
  }
  if (!equal_ignoring_case(assertion->subject, grant.client_id) ||
      !equal_ignoring_case(assertion->issuer, grant.client_id)) {
    return ErrorCode::AadAssertionOtherClient;
  }
  if (!is_our_audience(call, grant, assertion->audience)) {
    return ErrorCode::AadAssertionAudience;
  }
  const std::int64_t now = call.env.now / kSecond;
  if (assertion->expires + kSkewSeconds <= now || assertion->not_before > now + kSkewSeconds) {
    return ErrorCode::AadAssertionExpired;
  }
  return Done{};
}

}  // namespace

Result<Done> check_standing(const Call& call, Grant& grant) {
  grant.application = find_application(call.world, grant.client_id);
  const bool app_only = grant.type == "client_credentials";
  switch (client_standing(call.world, grant.application, grant.client_id, grant.tenant)) {
    case ClientStanding::Home:
    case ClientStanding::Installed:
      return Done{};
    case ClientStanding::PublicClient:
      if (app_only) {
        return ErrorCode::AadClientSecretMissing;
      }
      return Done{};
    case ClientStanding::OnBehalf:
      if (app_only && call.env.switches.is({Switch::PartnerAppAtCustomer, "refused"})) {
        return Error{ErrorCode::AadServicePrincipalMissing, {grant.client_id, grant.tenant.id}};
      }
      if (app_only) {
        grant.foreign = true;
        return Done{};
      }
      // A password is for the user's own tenant; everything else may be somebody's behalf.
      if (grant.type != "password") {
        return Done{};
      }
      break;
    case ClientStanding::None:
      break;
  }
  return Error{ErrorCode::AadAppNotFound,
               {grant.client_id, grant.tenant.any ? "common" : grant.tenant.id}};
}

Result<Done> check_proof(const Call& call, const Fields& fields, Grant& grant) {
  const Application* application = grant.application;
  if (application == nullptr ||
      (application->client_secret.empty() && application->certificates.empty())) {
    return Done{};
  }
  if (const std::string assertion = field(fields, "client_assertion"); !assertion.empty()) {
    const std::string type = field(fields, "client_assertion_type");
    if (!type.empty() && type != kAssertionType) {
      return ErrorCode::AadInvalidClientAssertion;
    }
    PCSIM_TRY(proven, check_assertion(call, assertion, grant));
    static_cast<void>(proven);
    grant.proof = ClientProof::Certificate;
    return Done{};
  }
  const std::string secret = field(fields, "client_secret");
  if (secret.empty()) {
    return ErrorCode::AadClientSecretMissing;
  }
  if (secret != application->client_secret) {
    return Error{ErrorCode::AadInvalidClientSecret, {grant.client_id}};
  }
  if (application->secret_expires && *application->secret_expires <= call.env.now) {
    return Error{ErrorCode::AadClientSecretExpired, {grant.client_id}};
  }
  grant.proof = ClientProof::Secret;
  return Done{};
}

}  // namespace pcsim
