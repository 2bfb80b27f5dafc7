#include "harness/wire.h"

#include <httplib.h>
#include <unistd.h>

#include <memory>

#include "harness/simulator.h"
#include "pcsim/ports.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

httplib::Client& api() {
  static const std::unique_ptr<httplib::Client> client = [] {
    auto made = std::make_unique<httplib::Client>(target().base_url);
    made->set_ca_cert_path(target().ca_file);
    made->enable_server_certificate_verification(true);
    made->set_keep_alive(true);
    made->set_tcp_nodelay(true);
    made->set_url_encode(false);
    made->set_read_timeout(60);
    return made;
  }();
  return *client;
}

Answer exchange(httplib::Client& client, const std::string& method, const std::string& target,
                const Fields& headers, const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = target;
  for (const auto& [name, value] : headers) {
    request.headers.emplace(name, value);
  }
  request.body = body;
  const auto result = client.send(request);
  if (!result) {
    return {};
  }
  Answer answer{result->status, {}, result->body};
  for (const auto& [name, value] : result->headers) {
    answer.headers.emplace_back(name, value);
  }
  return answer;
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  for (const auto& [field, value] : headers) {
    if (equal_ignoring_case(field, name)) {
      return value;
    }
  }
  return {};
}

Answer send(const std::string& method, const std::string& target, const Fields& headers,
            const std::string& body) {
  return exchange(api(), method, target, headers, body);
}

Answer steer(const std::string& method, const std::string& path, const std::string& body) {
  static const std::unique_ptr<httplib::Client> client = [] {
    auto made = std::make_unique<httplib::Client>(target().control_url);
    made->set_keep_alive(true);
    made->set_tcp_nodelay(true);
    return made;
  }();
  Fields headers{{"Authorization", "Bearer " + target().control_token}};
  if (!body.empty()) {
    headers.emplace_back("Content-Type", "application/json");
  }
  return exchange(*client, method, path, headers, body);
}

std::string new_guid() {
  static IdSource ids{static_cast<std::uint64_t>(getpid())};
  return ids.guid();
}

}  // namespace pcsim::contract
