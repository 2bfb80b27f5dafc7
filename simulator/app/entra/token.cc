#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/entra/grant.h"
#include "app/handlers.h"
#include "codec/entra/form.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;
using Subject = Result<Done> (*)(const Call&, const Fields&, Grant&);

Error missing(std::string_view parameter) {
  return Error{ErrorCode::AadMissingParameter, {std::string(parameter)}};
}

/// The form with the credentials of an Authorization: Basic header as its client fields.
Fields read_fields(const Call& call) {
  Fields fields = form_fields(call);
  if (const auto header = call.request.headers.find("Authorization")) {
    if (auto basic = decode_basic(*header)) {
      fields.emplace("client_id", std::move(basic->first));
      fields.emplace("client_secret", std::move(basic->second));
    }
  }
  return fields;
}

Result<Done> sign_in(const Call& call, const Fields& fields, Grant& grant) {
  PCSIM_TRY(user, check_password(call, fields, grant.tenant, false));
  grant.user = user;
  grant.mfa = user->mfa;
  return Done{};
}

/// A grant: the fields it cannot do without, and who it is for. What was redeemed may name the
/// resource, so that it comes first.
struct GrantRow {
  std::string_view type;
  std::array<const char*, 4> required;
  bool needs_resource, redeems;
  Subject subject;
};

constexpr std::array kGrants{
    GrantRow{"client_credentials", {"client_id"}, true, false, nullptr},
    GrantRow{"password", {"client_id", "username", "password"}, true, false, sign_in},
    GrantRow{"refresh_token", {"client_id", "refresh_token"}, false, true, redeem_refresh_token},
    GrantRow{"authorization_code", {"client_id", "code", "redirect_uri"}, false, true, redeem_code},
    GrantRow{"device_code", {"client_id", "device_code"}, false, true, redeem_device_code},
    GrantRow{"urn:ietf:params:oauth:grant-type:device_code",
             {"client_id", "device_code"},
             false,
             true,
             redeem_device_code},
    GrantRow{"urn:ietf:params:oauth:grant-type:jwt-bearer",
             {"client_id", "assertion", "requested_token_use"},
             true,
             true,
             redeem_assertion},
};

/// Version 1 calls a device code `code`.
bool is_there(const Fields& fields, std::string_view name) {
  return !field(fields, std::string{name}.c_str()).empty() ||
         (name == "device_code" && !field(fields, "code").empty());
}

Result<const GrantRow*> check_form(const Fields& fields, bool v2) {
  const std::string type = field(fields, "grant_type");
  if (type.empty()) {
    return missing("grant_type");
  }
  for (const GrantRow& row : kGrants) {
    if (row.type != type) {
      continue;
    }
    for (const char* name : row.required) {
      if (name != nullptr && !is_there(fields, name)) {
        return missing(name);
      }
    }
    const char* resource = v2 ? "scope" : "resource";
    if (row.needs_resource && field(fields, resource).empty()) {
      return missing(resource);
    }
    return &row;
  }
  return Error{ErrorCode::AadUnsupportedGrantType, {type}};
}

/// The texts of `{"values":[…]}` or `{"value":…}`.
std::vector<std::string> asked_values(const Json& claim) {
  std::vector<std::string> out;
  if (!claim.is_object()) {
    return out;
  }
  const auto take = [&](const Json& value) {
    if (value.is_string()) {
      out.push_back(value.get<std::string>());
    }
  };
  if (const auto values = claim.find("values"); values != claim.end() && values->is_array()) {
    std::for_each(values->begin(), values->end(), take);
  }
  if (const auto value = claim.find("value"); value != claim.end()) {
    take(*value);
  }
  return out;
}

/// The `claims` parameter: what the client can do, and what a challenge asked of it.
void read_claims(const Fields& fields, Grant& grant) {
  const Json asked = Json::parse(field(fields, "claims"), nullptr, false);
  const Json access = asked.is_object() ? asked.value("access_token", Json()) : Json();
  if (!access.is_object()) {
    return;
  }
  for (const std::string& capability : asked_values(access.value("xms_cc", Json()))) {
    grant.continuous = grant.continuous || equal_ignoring_case(capability, "cp1");
  }
  grant.contexts = asked_values(access.value("acrs", Json()));
}

/// A code is worth one set of tokens.
void spend(const Call& call, const Fields& fields, const Grant& grant) {
  if (grant.type == "authorization_code") {
    call.world.authorization_codes.edit(field(fields, "code"))->redeemed = true;
  }
  const std::string device = field(fields, "device_code");
  if (DeviceCode* code =
          grant.type.ends_with("device_code")
              ? call.world.device_codes.edit(device.empty() ? field(fields, "code") : device)
              : nullptr) {
    code->redeemed = true;
  }
}

Result<Done> establish(const Call& call, const Fields& fields, const GrantRow& row, Grant& grant) {
  const auto subject = [&] {
    return row.subject == nullptr ? Result<Done>{Done{}} : row.subject(call, fields, grant);
  };
  // With common the tenant is the user's, so the user comes first; otherwise the client does.
  const bool user_first = grant.tenant.any;
  if (user_first) {
    PCSIM_TRY(early, subject());
    static_cast<void>(early);
  }
  PCSIM_TRY(settled, settle_tenant(call, grant));
  static_cast<void>(settled);
  PCSIM_TRY(standing, check_standing(call, grant));
  static_cast<void>(standing);
  PCSIM_TRY(proof, check_proof(call, fields, grant));
  static_cast<void>(proof);
  // What is redeemed may name the resource; no one learns of users before it is known.
  if (!user_first && row.redeems) {
    PCSIM_TRY(redeemed, subject());
    static_cast<void>(redeemed);
  }
  PCSIM_TRY(resource, check_resource(call, fields, grant));
  static_cast<void>(resource);
  if (!user_first && !row.redeems) {
    PCSIM_TRY(late, subject());
    static_cast<void>(late);
  }
  PCSIM_TRY(consent, check_consent(call, grant));
  static_cast<void>(consent);
  return check_policies(call, grant);
}

Result<Reply> issue(const Call& call, bool v2) {
  PCSIM_TRY(tenant, tenant_of(call));
  const Fields fields = read_fields(call);
  PCSIM_TRY(row, check_form(fields, v2));
  Grant grant;
  grant.v2 = v2;
  grant.type = field(fields, "grant_type");
  grant.client_id = lower(field(fields, "client_id"));
  grant.tenant = tenant;
  read_claims(fields, grant);
  PCSIM_TRY(established, establish(call, fields, *row, grant));
  static_cast<void>(established);
  spend(call, fields, grant);
  return token_answer(call, grant);
}

}  // namespace

Result<Reply> handle_TokenV1(const Call& call) { return issue(call, false); }

Result<Reply> handle_TokenV2(const Call& call) { return issue(call, true); }

}  // namespace pcsim
