#include "http/gateway_testing.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "codec/reference_data.h"
#include "codec/world_file.h"
#include "pcsim/embedded.h"

namespace pcsim::gateway_testing {
namespace {

using nlohmann::json;

constexpr std::string_view kMark = "signed.";

const World& demo_world() {
  static const World world = std::get<World>(read_world(
      embedded_file("fixtures/worlds/demo.json").value_or(""), built_in_reference().markets));
  return world;
}

std::string domain_of(const std::string& user) { return user.substr(user.find('@') + 1); }

}  // namespace

std::string PlainAuthority::sign(std::string_view claims) const {
  return std::string{kMark} + std::string{claims};
}
std::string PlainAuthority::jwks() const { return R"({"keys":[]})"; }
std::optional<std::string> PlainAuthority::verify(std::string_view token) const {
  if (token.substr(0, kMark.size()) != kMark) {
    return std::nullopt;
  }
  return std::string{token.substr(kMark.size())};
}

std::string encode(const Form& fields) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + name + "=";
    for (const char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      text += '%';
      text += kDigits[byte >> 4U];
      text += kDigits[byte & 15U];
    }
  }
  return text;
}

std::string header(const Response& response, std::string_view name) {
  return std::string{response.headers.find(name).value_or("")};
}

json body_of(const Response& response) {
  const bool marked = response.body.rfind("\xEF\xBB\xBF", 0) == 0;
  return json::parse(response.body.substr(marked ? 3 : 0), nullptr, false);
}

json claims_of(const std::string& token) { return json::parse(token.substr(kMark.size())); }

Site::Site(Switches switches) { add_universe("main", switches); }

std::shared_ptr<Universe> Site::add_universe(const std::string& id, Switches switches) {
  constexpr Instant kNow = 1'770'000'000 * kSecond;  // 2026-02-02T02:40:00Z
  World world = demo_world();
  world.switches = switches;
  auto universe = std::make_shared<Universe>(
      id, UniverseStart{std::move(world), universes_.size() + 1, 10 * kSecond},
      [] { return kNow; });
  universes_.add(universe);
  return universe;
}

Response Site::send(const std::string& method, const std::string& target, const std::string& token,
                    const std::string& body, Headers headers) {
  Request request{method, target, std::move(headers), body};
  request.headers.add("Host", "127.0.0.1:8443");
  if (!token.empty()) {
    request.headers.add("Authorization", "Bearer " + token);
  }
  return gateway_.handle(request);
}

Response Site::post(const std::string& target, const Form& form, Headers headers) {
  headers.add("Content-Type", "application/x-www-form-urlencoded");
  return send("POST", target, {}, encode(form), std::move(headers));
}

json Site::sign_in(const std::string& user, const std::string& resource,
                   const std::string& prefix) {
  Form form = application_of(domain_of(user));
  form.merge(Form{{"grant_type", "password"},
                  {"username", user},
                  {"password", "Passw0rd!"},
                  {"resource", resource}});
  const Response response = post(prefix + "/" + domain_of(user) + "/oauth2/token", form);
  EXPECT_EQ(response.status, 200) << response.body;
  return body_of(response);
}

std::string Site::token(const std::string& user, const std::string& resource,
                        const std::string& prefix) {
  return sign_in(user, resource, prefix).value("access_token", "");
}

std::string Site::app_token(const std::string& domain, const std::string& resource) {
  Form form = application_of(domain);
  form.merge(Form{{"grant_type", "client_credentials"}, {"resource", resource}});
  return body_of(post("/" + domain + "/oauth2/token", form)).value("access_token", "");
}

std::string Site::on_behalf_token(const std::string& tenant, const std::string& resource) {
  Form form = application_of("fabrikam.onmicrosoft.com");
  form.merge(
      Form{{"grant_type", "refresh_token"},
           {"refresh_token",
            sign_in("admin@fabrikam.onmicrosoft.com", kPartnerCenter).value("refresh_token", "")},
           {"resource", resource}});
  return body_of(post("/" + tenant + "/oauth2/token", form)).value("access_token", "");
}

Form application_of(const std::string& domain) {
  const std::string name = domain.substr(0, domain.find('.'));
  for (const auto& [id, application] : demo_world().applications) {
    if (application.client_secret == name + "-secret") {
      return {{"client_id", id}, {"client_secret", application.client_secret}};
    }
  }
  ADD_FAILURE() << "no application of " << domain;
  return {};
}

}  // namespace pcsim::gateway_testing
