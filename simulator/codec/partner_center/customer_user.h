#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "domain/users/customer_users.h"
#include "domain/users/directory_roles.h"

namespace pcsim::partner_center {

/// A CustomerUser; its password is shown by the answer to a creation or a reset only.
nlohmann::ordered_json customer_user_json(const User& user, bool with_password);

/// The members a request names; an explicit null counts as absent.
CustomerUserDraft read_customer_user(const nlohmann::json& body);

/// A DirectoryRole.
nlohmann::ordered_json directory_role_json(const DirectoryRole& role);

/// A UserMember; the answer to joining a role names the role too.
nlohmann::ordered_json user_member_json(const User& user, std::string_view role_id = {});

}  // namespace pcsim::partner_center
