#include "harness/universe.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "harness/rules_met.h"
#include "harness/wire.h"

namespace pcsim::contract {
namespace {

/// Names of universes that nobody uses at the moment.
std::vector<std::string>& pool() {
  static std::vector<std::string> names;
  return names;
}

[[noreturn]] void fail(const std::string& what, const Answer& answer) {
  throw std::runtime_error(what + ": status " + std::to_string(answer.status) + " " + answer.body);
}

Credentials partner_user(int partner, const char* domain, const char* name) {
  const std::string digit = std::to_string(partner);
  return {"a000000" + digit + "-0000-4000-8000-000000000001",
          "b000000" + digit + "-0000-4000-8000-000000000001", std::string{domain} + "-secret",
          std::string{name} + "@" + domain + ".onmicrosoft.com", "Passw0rd!"};
}

Credentials customer_user(int customer, const char* domain, const char* name) {
  const std::string digit = std::to_string(customer);
  return {"d000000" + digit + "-0000-4000-8000-000000000001",
          "e000000" + digit + "-0000-4000-8000-000000000011", std::string{domain} + "-secret",
          std::string{name} + "@" + domain + ".onmicrosoft.com", "Passw0rd!"};
}

Credentials application(Credentials user) {
  user.user.clear();
  user.password.clear();
  return user;
}

}  // namespace

Credentials credentials_of(Who who) {
  switch (who) {
    case Who::Admin:
      return partner_user(1, "fabrikam", "admin");
    case Who::Sales:
      return partner_user(1, "fabrikam", "sales");
    case Who::Helpdesk:
      return partner_user(1, "fabrikam", "helpdesk");
    case Who::GlobalAdmin:
      return partner_user(1, "fabrikam", "globaladmin");
    case Who::UserAdmin:
      return partner_user(1, "fabrikam", "useradmin");
    case Who::Director:
      return partner_user(1, "fabrikam", "director");
    case Who::WithoutMfa:
      return partner_user(1, "fabrikam", "nomfa");
    case Who::App:
      return application(partner_user(1, "fabrikam", ""));
    case Who::Provider:
      return partner_user(2, "provider", "admin");
    case Who::Reseller:
      return partner_user(3, "reseller", "admin");
    case Who::OtherPartner:
      return partner_user(4, "tailspin", "admin");
    case Who::Sandbox:
      return partner_user(5, "litware", "admin");
    case Who::Alice:
      return customer_user(1, "contoso", "alice");
    case Who::Bob:
      return customer_user(1, "contoso", "bob");
    case Who::ContosoApp:
      return application(customer_user(1, "contoso", ""));
    case Who::AliceOff:
      return customer_user(5, "permissionoff", "alice");
    case Who::AliceLegacy:
      return customer_user(3, "legacy0145p", "alice");
    case Who::AliceAbroad:
      return customer_user(4, "unavailable", "alice");
    case Who::AliceNorth:
      return customer_user(6, "northwind", "alice");
  }
  return {};
}

Universe::Universe() {
  if (pool().empty()) {
    create("{}");
    return;
  }
  name_ = pool().back();
  pool().pop_back();
  base_path_ = "/~" + name_;
}

Universe::Universe(const std::map<std::string, std::string>& switches) : plain_(false) {
  create(nlohmann::json{{"switches", switches}}.dump());
}

void Universe::create(const std::string& wanted) {
  const Answer made = steer("POST", "/universes", wanted);
  const auto body = nlohmann::json::parse(made.body, nullptr, false);
  if (made.status != 201 || !body.is_object()) {
    fail("cannot create a universe", made);
  }
  name_ = body.at("id").get<std::string>();
  base_path_ = "/~" + name_;
}

Universe::~Universe() {
  if (const auto* test = ::testing::UnitTest::GetInstance()->current_test_info()) {
    const Answer answer = steer("GET", "/universes/" + name_ + "/exchanges", "");
    RulesMet::instance().note(std::string{test->test_suite_name()} + "." + test->name(),
                              answer.body);
  }
  if (plain_ && steer("POST", "/universes/" + name_ + "/reset", "").status == 200) {
    pool().push_back(name_);
  } else {
    steer("DELETE", "/universes/" + name_, "");
  }
}

std::string Universe::ask_token(const std::string& tenant, const std::string& fields) const {
  const Answer answer = send("POST", base_path_ + "/" + tenant + "/oauth2/token",
                             {{"Content-Type", "application/x-www-form-urlencoded"}}, fields);
  return answer.body;
}

const std::string& Universe::token(Who who, const std::string& resource) {
  const Credentials with = credentials_of(who);
  std::string& kept = tokens_[{with.client + with.user, resource}];
  if (kept.empty()) {
    std::map<std::string, std::string> fields{{"client_id", with.client},
                                              {"client_secret", with.secret},
                                              {"resource", resource},
                                              {"grant_type", "client_credentials"}};
    if (!with.user.empty()) {
      fields["grant_type"] = "password";
      fields["username"] = with.user;
      fields["password"] = with.password;
    }
    const auto body = nlohmann::json::parse(ask_token(with.tenant, form(fields)), nullptr, false);
    kept = body.is_object() ? body.value("access_token", "") : "";
    EXPECT_NE(kept, "") << "no token for " << with.client << " " << with.user;
  }
  return kept;
}

std::string Universe::delegated_token(const std::string& customer, const std::string& resource) {
  const Credentials with = credentials_of(Who::Admin);
  const auto ask = [&](const std::string& tenant, std::map<std::string, std::string> fields) {
    fields["client_id"] = with.client;
    fields["client_secret"] = with.secret;
    fields["resource"] = resource;
    return nlohmann::json::parse(ask_token(tenant, form(fields)), nullptr, false);
  };
  if (refresh_token_.empty()) {
    const auto home =
        ask(with.tenant,
            {{"grant_type", "password"}, {"username", with.user}, {"password", with.password}});
    refresh_token_ = home.value("refresh_token", "");
  }
  const auto there =
      ask(customer, {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token_}});
  EXPECT_TRUE(there.contains("access_token")) << there.dump();
  return there.value("access_token", "");
}

nlohmann::json Universe::exchanges() const {
  const Answer answer = steer("GET", "/universes/" + name_ + "/exchanges", "");
  if (answer.status != 200) {
    fail("cannot read the exchanges", answer);
  }
  return nlohmann::json::parse(answer.body).at("exchanges");
}

void Universe::advance(long long seconds) {
  const Answer answer = steer("POST", "/universes/" + name_ + "/clock",
                              nlohmann::json{{"advanceSeconds", seconds}}.dump());
  if (answer.status != 200) {
    fail("cannot move the clock", answer);
  }
  tokens_.clear();
  refresh_token_.clear();
}

int Universe::act(const std::string& name, const std::string& parameters) const {
  return steer("POST", "/universes/" + name_ + "/acts/" + name, parameters).status;
}

std::string encode(const std::string& text) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
        c == '_' || c == '.' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

std::string form(const std::map<std::string, std::string>& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += (out.empty() ? "" : "&") + encode(name) + "=" + encode(value);
  }
  return out;
}

}  // namespace pcsim::contract
