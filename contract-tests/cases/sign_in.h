#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {

using Form = std::map<std::string, std::string>;

/// Applications of the direct partner in the demo world, besides the one of Who::App.
constexpr const char* kPortal = "b0000001-0000-4000-8000-000000000011";
constexpr const char* kPortalRedirect = "https://portal.fabrikam.example/auth";
constexpr const char* kForgotten = "b0000001-0000-4000-8000-000000000021";
constexpr const char* kAzureCli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// Whether an operation is one of version 2.
bool second(OperationId operation);

/// A user of the direct partner, by the first part of its name.
std::string fabrikam(const std::string& name);

/// The form of a password grant; the resource goes by its name of the version.
Form password_form(OperationId operation, Who who = Who::Admin);

/// Puts the name of a resource where the version wants it.
void ask_for(OperationId operation, const std::string& resource, Form& fields);

Ask token_ask(OperationId operation, const Form& fields,
              const std::string& tenant = demo::kFabrikam);

/// The claims of a token, unverified.
nlohmann::json claims_of(const std::string& token);

/// What an authorization request of the direct partner's application says.
Form authorize_fields(OperationId operation);

/// A request of the authorization endpoint: its fields in the query and, where it signs in, in
/// the body.
Ask authorize_ask(OperationId operation, const Form& query, const Form& body = {},
                  const std::string& tenant = demo::kFabrikam);

/// The parameters of the address an answer sends the browser to; `address` gets what stands
/// before them.
Form sent_back(const Answer& answer, std::string* address = nullptr);

/// The answer sends the browser back with `error`, which the operation lists.
void sends_back(const Client& client, const Ask& ask, ErrorCode error);

/// Signs a user in on the page; the code.
std::string code_of(const Client& client, OperationId sign_in, const Form& query,
                    const std::string& user, const std::string& tenant = demo::kFabrikam);

}  // namespace pcsim::contract
