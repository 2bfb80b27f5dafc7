#include "server/environment_block.h"

#include "server/shell_text.h"

namespace pcsim {
namespace {

/// One option of JAVA_TOOL_OPTIONS, where blanks separate and double quotes hold together.
std::string java_option(const std::string& text) {
  return text.find(' ') == std::string::npos ? text : "\"" + text + "\"";
}

/// A comment stays on its line, whatever a world file put into a name.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      c = ' ';
    }
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> environment_of(const ReadyFacts& facts) {
  return {
      {"PCSIM_BASE_URL", facts.base_url},
      {"CURL_CA_BUNDLE", facts.ca_file},
      {"NODE_EXTRA_CA_CERTS", facts.ca_file},
      {"REQUESTS_CA_BUNDLE", facts.ca_file},
      {"SSL_CERT_FILE", facts.ca_file},
      {"JAVA_TOOL_OPTIONS", java_option("-Djavax.net.ssl.trustStore=" + facts.trust_store_file) +
                                " -Djavax.net.ssl.trustStorePassword=changeit"
                                " -Djavax.net.ssl.trustStoreType=PKCS12"}};
}

std::string environment_block(const ReadyFacts& facts) {
  std::string text;
  for (const auto& [name, value] : environment_of(facts)) {
    text += "export " + name + "=" + shell_quoted(value) + "\n";
  }
  for (const ReadyFacts::Application& application : facts.applications) {
    text += one_line("# application " + application.client_id + " secret " +
                     application.client_secret + " tenant " + application.tenant_id) +
            "\n";
  }
  for (const ReadyFacts::User& user : facts.users) {
    text += one_line("# user " + user.name + " password " + user.password) + "\n";
  }
  return text;
}

}  // namespace pcsim
