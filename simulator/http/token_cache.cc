#include "http/token_cache.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxTokens = 2'048;

std::string text_claim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number_claim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Principal principal_of(const json& claims) {
  Principal principal;
  principal.tenant_id = lower(text_claim(claims, "tid"));
  principal.object_id = lower(text_claim(claims, "oid"));
  principal.application_id = text_claim(claims, "appid");
  principal.user_principal_name = text_claim(claims, "upn");
  principal.audience = text_claim(claims, "aud");
  principal.is_user = text_claim(claims, "idtyp") == "user";
  principal.roles = static_cast<std::uint32_t>(number_claim(claims, "pcsim_roles"));
  if (const auto amr = claims.find("amr"); amr != claims.end() && amr->is_array()) {
    for (const json& method : *amr) {
      principal.mfa = principal.mfa || method == "mfa";
    }
  }
  const std::string home = lower(text_claim(claims, "idp"));
  constexpr std::string_view issuer = "https://sts.windows.net/";
  principal.home_tenant = home.starts_with(issuer) && home.ends_with("/")
                              ? home.substr(issuer.size(), home.size() - issuer.size() - 1)
                              : principal.tenant_id;
  principal.user_id = lower(text_claim(claims, "pcsim_user"));
  principal.is_guest = number_claim(claims, "acct") == 1;
  principal.issued = number_claim(claims, "pcsim_issued");
  if (const auto known = claims.find("xms_cc"); known != claims.end() && known->is_array()) {
    for (const json& capability : *known) {
      principal.evaluated_continuously = principal.evaluated_continuously || capability == "CP1";
    }
  }
  if (const auto groups = claims.find("groups"); groups != claims.end() && groups->is_array()) {
    for (const json& group : *groups) {
      if (group.is_string()) {
        principal.groups.push_back(lower(group.get<std::string>()));
      }
    }
  }
  return principal;
}

std::shared_ptr<const VerifiedToken> verified(std::string_view token,
                                              const TokenAuthority& authority) {
  const auto text = authority.verify(token);
  const json claims = text ? json::parse(*text, nullptr, false) : json{};
  if (!claims.is_object() || !text_claim(claims, "typ").empty() ||
      text_claim(claims, "idtyp").empty()) {
    return nullptr;
  }
  return std::make_shared<const VerifiedToken>(
      VerifiedToken{principal_of(claims), text_claim(claims, "pcsim_universe"),
                    number_claim(claims, "exp") * kSecond});
}

}  // namespace

std::shared_ptr<const VerifiedToken> TokenCache::verify(std::string_view token,
                                                        const TokenAuthority& authority) {
  {
    const std::scoped_lock lock{mutex_};
    if (const auto known = index_.find(token); known != index_.end()) {
      recent_.splice(recent_.begin(), recent_, known->second);
      return known->second->second;
    }
  }
  auto fresh = verified(token, authority);
  if (!fresh) {
    return nullptr;
  }
  const std::scoped_lock lock{mutex_};
  if (index_.count(token) != 0) {
    return fresh;
  }
  recent_.emplace_front(std::string{token}, fresh);
  index_.emplace(recent_.front().first, recent_.begin());
  if (recent_.size() > kMaxTokens) {
    index_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return fresh;
}

}  // namespace pcsim
