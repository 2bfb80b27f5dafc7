#include "server/token_client.h"

#include <httplib.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// The names to choose from, for a sentence.
template <class List, class Name>
std::string names_in(const List& list, Name name) {
  std::string text;
  for (const auto& entry : list) {
    text += (text.empty() ? "" : ", ") + name(entry);
  }
  return text.empty() ? "there are none" : "there are " + text;
}

TokenAnswer ask(const ReadyFacts& facts, const std::string& tenant, const httplib::Params& form) {
  httplib::Client client{facts.base_url};
  client.set_ca_cert_path(facts.ca_file);
  client.enable_server_certificate_verification(true);
  client.set_connection_timeout(5);
  const auto answer = client.Post("/" + tenant + "/oauth2/token", form);
  if (!answer) {
    return {{},
            "no answer from " + facts.base_url + " (" + httplib::to_string(answer.error()) +
                "); is that simulator still running? Start one with `pcsim serve`."};
  }
  const auto body = nlohmann::json::parse(answer->body, nullptr, false);
  const auto text = [&body](const char* name) {
    const auto found = body.is_object() ? body.find(name) : body.end();
    return body.is_object() && found != body.end() && found->is_string()
               ? found->template get<std::string>()
               : std::string{};
  };
  if (answer->status != 200 || text("access_token").empty()) {
    return {{},
            "the token endpoint answered " + std::to_string(answer->status) + ": " +
                text("error_description")};
  }
  return {text("access_token"), {}};
}

}  // namespace

TokenAnswer application_token(const ReadyFacts& facts, const std::string& client_id,
                              const std::string& resource) {
  const auto found = std::find_if(
      facts.applications.begin(), facts.applications.end(),
      [&](const auto& entry) { return equal_ignoring_case(entry.client_id, client_id); });
  if (found == facts.applications.end()) {
    return {{},
            "there is no application '" + client_id + "'; " +
                names_in(facts.applications, [](const auto& entry) { return entry.client_id; }) +
                "."};
  }
  return ask(facts, found->tenant_id,
             {{"grant_type", "client_credentials"},
              {"client_id", found->client_id},
              {"client_secret", found->client_secret},
              {"resource", resource}});
}

TokenAnswer user_token(const ReadyFacts& facts, const std::string& name,
                       const std::string& resource) {
  const auto user = std::find_if(facts.users.begin(), facts.users.end(), [&](const auto& entry) {
    return equal_ignoring_case(entry.name, name);
  });
  if (user == facts.users.end()) {
    return {{}, "there is no user '" + name + "'; " + names_in(facts.users, [](const auto& entry) {
                  return entry.name;
                }) + "."};
  }
  const auto application =
      std::find_if(facts.applications.begin(), facts.applications.end(),
                   [&](const auto& entry) { return entry.tenant_id == user->tenant_id; });
  if (application == facts.applications.end()) {
    return {{},
            "the tenant of " + name +
                " has no application to sign in with; add one to the world file."};
  }
  return ask(facts, user->tenant_id,
             {{"grant_type", "password"},
              {"client_id", application->client_id},
              {"client_secret", application->client_secret},
              {"username", user->name},
              {"password", user->password},
              {"resource", resource}});
}

}  // namespace pcsim
