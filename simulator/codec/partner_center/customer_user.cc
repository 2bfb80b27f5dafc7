#include "codec/partner_center/customer_user.h"

#include <nlohmann/json.hpp>
#include <string>

#include "codec/partner_center/collection.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

/// A state may come as its position in the enumeration.
constexpr int kActive = 0;

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(to_iso(*instant)) : Json(nullptr);
}

std::optional<std::string> text_if(const nlohmann::json& body, std::string_view name) {
  const auto& value = member(body, name);
  return value.is_string() ? std::optional{value.get<std::string>()} : std::nullopt;
}

std::optional<std::string> state_of(const nlohmann::json& body) {
  const auto& value = member(body, "state");
  if (value.is_number_integer()) {
    return value.get<int>() == kActive ? "active" : "inactive";
  }
  return text_if(body, "state");
}

}  // namespace

Json customer_user_json(const User& user, bool with_password) {
  auto out = Json::object();
  add_text(out, "usageLocation", user.usage_location);
  out["id"] = user.id;
  out["userPrincipalName"] = user.user_principal_name;
  add_text(out, "firstName", user.first_name);
  add_text(out, "lastName", user.last_name);
  add_text(out, "displayName", user.display_name);
  add_text(out, "immutableId", user.immutable_id);
  add_text(out, "phoneNumber", user.phone_number);
  if (with_password && user.immutable_id.empty()) {
    out["passwordProfile"]["password"] = user.password;
    out["passwordProfile"]["forceChangePassword"] = user.force_change_password;
  }
  out["lastDirectorySyncTime"] = instant_json(user.directory_synced);
  out["userDomainType"] = user.immutable_id.empty() ? "none" : "federated";
  out["state"] = user.soft_deleted ? "inactive" : "active";
  out["softDeletionTime"] = instant_json(user.soft_deleted);
  add_self(out, "/customers/" + lower(user.tenant_id) + "/users/" + user.id);
  add_attributes(out, "CustomerUser");
  return out;
}

CustomerUserDraft read_customer_user(const nlohmann::json& body) {
  CustomerUserDraft out;
  out.usage_location = text_if(body, "usagelocation");
  out.user_principal_name = text_if(body, "userprincipalname");
  out.first_name = text_if(body, "firstname");
  out.last_name = text_if(body, "lastname");
  out.display_name = text_if(body, "displayname");
  out.immutable_id = text_if(body, "immutableid");
  out.phone_number = text_if(body, "phonenumber");
  const auto& profile = member(body, "passwordprofile");
  out.password = text_if(profile, "password");
  if (const auto& force = member(profile, "forcechangepassword"); force.is_boolean()) {
    out.force_change_password = force.get<bool>();
  }
  out.state = state_of(body);
  return out;
}

Json directory_role_json(const DirectoryRole& role) {
  auto out = Json::object();
  out["name"] = role.name;
  out["id"] = role.id;
  add_attributes(out, "DirectoryRole");
  return out;
}

Json user_member_json(const User& user, std::string_view role_id) {
  auto out = Json::object();
  out["id"] = user.id;
  out["displayName"] = user.display_name;
  out["userPrincipalName"] = user.user_principal_name;
  add_text(out, "roleId", role_id);
  add_attributes(out, "UserMember");
  return out;
}

}  // namespace pcsim::partner_center
