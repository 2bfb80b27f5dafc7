#include "server/ready_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "server/secure_file.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

ordered_json role_names(std::uint32_t roles) {
  static constexpr std::pair<std::uint32_t, const char*> kNames[] = {{1, "AdminAgent"},
                                                                     {2, "SalesAgent"},
                                                                     {4, "HelpdeskAgent"},
                                                                     {8, "GlobalAdmin"},
                                                                     {16, "UserManagementAdmin"}};
  ordered_json names = ordered_json::array();
  for (const auto& [bit, name] : kNames) {
    if ((roles & bit) != 0) {
      names.push_back(name);
    }
  }
  return names;
}

const char* kind_name(PartnerKind kind) {
  switch (kind) {
    case PartnerKind::Direct:
      return "direct";
    case PartnerKind::IndirectProvider:
      return "indirectProvider";
    case PartnerKind::IndirectReseller:
      return "indirectReseller";
  }
  return "";
}

ordered_json subscriptions_of(const World& world, const std::string& customer) {
  ordered_json list = ordered_json::array();
  for (const auto& [id, subscription] : world.subscriptions) {
    if (subscription.customer_id != customer) {
      continue;
    }
    ordered_json azure = ordered_json::array();
    for (const auto& [azure_id, below] : world.azure_subscriptions) {
      if (below.plan_id == subscription.id) {
        azure.push_back(below.id);
      }
    }
    list.push_back({{"id", subscription.id},
                    {"offer", subscription.offer_id},
                    {"azureSubscriptionIds", azure}});
  }
  return list;
}

}  // namespace

std::string ready_file_json(const Endpoints& endpoints, const CertificateBundle& tls,
                            const World& world) {
  ordered_json file{
      {"baseUrl", endpoints.base_url},           {"controlUrl", endpoints.control_url},
      {"controlToken", endpoints.control_token}, {"caFile", tls.ca_file},
      {"trustStoreFile", tls.trust_store_file},  {"pid", endpoints.pid}};
  for (const char* list : {"partners", "applications", "users", "customers"}) {
    file[list] = ordered_json::array();
  }
  for (const auto& [id, partner] : world.partners) {
    file["partners"].push_back({{"tenantId", partner.tenant_id},
                                {"domain", partner.domain},
                                {"kind", kind_name(partner.kind)}});
  }
  for (const auto& [id, application] : world.applications) {
    file["applications"].push_back({{"clientId", application.client_id},
                                    {"clientSecret", application.client_secret},
                                    {"tenantId", application.tenant_id}});
  }
  for (const auto& [id, user] : world.users) {
    file["users"].push_back({{"userPrincipalName", user.user_principal_name},
                             {"password", user.password},
                             {"tenantId", user.tenant_id},
                             {"roles", role_names(user.roles)}});
  }
  for (const auto& [id, customer] : world.customers) {
    file["customers"].push_back({{"tenantId", customer.id},
                                 {"domain", customer.domain},
                                 {"companyName", customer.company_name},
                                 {"market", customer.market},
                                 {"note", customer.note},
                                 {"subscriptions", subscriptions_of(world, customer.id)}});
  }
  return file.dump(2) + "\n";
}

std::variant<ReadyFacts, std::string> read_ready_file(const std::filesystem::path& path) {
  std::string error;
  const auto text = read_file(path, &error);
  if (!text) {
    return error + "; start a simulator with `pcsim serve`, or name its file with --ready-file.";
  }
  const auto file = nlohmann::json::parse(*text, nullptr, false);
  ReadyFacts facts;
  const auto take = [](const nlohmann::json& from, const char* name, std::string& to) {
    const auto found = from.is_object() ? from.find(name) : from.end();
    const bool usable = from.is_object() && found != from.end() && found->is_string();
    if (usable) {
      to = found->get<std::string>();
    }
    return usable;
  };
  bool whole = take(file, "baseUrl", facts.base_url) && take(file, "caFile", facts.ca_file) &&
               take(file, "trustStoreFile", facts.trust_store_file) &&
              take(file, "controlUrl", facts.control_url) &&
              take(file, "controlToken", facts.control_token) &&
               file.value("applications", nlohmann::json{}).is_array() &&
               file.value("users", nlohmann::json{}).is_array();
  if (whole) {
    for (const auto& entry : file["applications"]) {
      ReadyFacts::Application& application = facts.applications.emplace_back();
      whole = whole && take(entry, "clientId", application.client_id) &&
              take(entry, "clientSecret", application.client_secret) &&
              take(entry, "tenantId", application.tenant_id);
    }
    for (const auto& entry : file["users"]) {
      ReadyFacts::User& user = facts.users.emplace_back();
      whole = whole && take(entry, "userPrincipalName", user.name) &&
              take(entry, "password", user.password) && take(entry, "tenantId", user.tenant_id);
    }
  }
  if (!whole) {
    return path.string() + " is not a ready file of pcsim; name another with --ready-file.";
  }
  return facts;
}

}  // namespace pcsim
