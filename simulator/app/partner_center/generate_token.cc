#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "app/handlers.h"
#include "codec/entra/form.h"

namespace pcsim {
namespace {

constexpr std::string_view kPartnerCenterAudience = "https://api.partnercenter.microsoft.com";
constexpr std::string_view kScheme = "bearer ";

}  // namespace

/// The token in exchange keeps who calls and how long, and is for Partner Center.
/// Source: Partner Center "Partner Center authentication" (as of 2018), "Get a token".
Result<Reply> handle_GenerateToken(const Call& call) {
  const auto fields = decode_form(call.request.body);
  const auto grant = fields.find("grant_type");
  if (grant == fields.end() || grant->second != "jwt_token") {
    return Error{ErrorCode::InvalidRequestInput, {}, "grant_type: must be jwt_token"};
  }
  const std::string_view header = call.request.headers.find("Authorization").value_or("");
  const auto text = header.size() > kScheme.size()
                        ? call.authority.verify(header.substr(kScheme.size()))
                        : std::nullopt;
  auto claims = nlohmann::ordered_json::parse(text.value_or(""), nullptr, false);
  if (!claims.is_object()) {
    return ErrorCode::AccessDenied;
  }
  claims["aud"] = kPartnerCenterAudience;
  const std::int64_t left = claims.value("exp", std::int64_t{0}) - call.env.now / kSecond;
  nlohmann::ordered_json answer{{"access_token", call.authority.sign(claims.dump())},
                                {"token_type", "bearer"},
                                {"expires_in", left}};
  return Reply{0, answer.dump(), {}};
}

}  // namespace pcsim
