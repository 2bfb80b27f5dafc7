#include "server/ready_file.h"

#include <nlohmann/json.hpp>
#include <utility>

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

std::string start_block(const Endpoints& endpoints, const CertificateBundle& tls,
                        const World& world) {
  std::string text = "export PCSIM_BASE_URL='" + endpoints.base_url + "'\n";
  for (const char* name :
       {"CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"}) {
    text += std::string{"export "} + name + "='" + tls.ca_file + "'\n";
  }
  text += "export JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=" + tls.trust_store_file +
          " -Djavax.net.ssl.trustStorePassword=changeit -Djavax.net.ssl.trustStoreType=PKCS12'\n";
  for (const auto& [id, application] : world.applications) {
    text += "# application " + application.client_id + " secret " + application.client_secret +
            " tenant " + application.tenant_id + "\n";
  }
  for (const auto& [id, user] : world.users) {
    text += "# user " + user.user_principal_name + " password " + user.password + "\n";
  }
  return text;
}

}  // namespace pcsim
