#include "server/tls_client_testing.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "pcsim/text.h"
#include "server/secure_file.h"

namespace pcsim::testing_client {
namespace {

constexpr int kPatienceSeconds = 20;

SimulatorOptions options() {
  SimulatorOptions wanted;
  wanted.host = "127.0.0.1";
  wanted.port = 0;
  wanted.control_port = 0;
  wanted.ephemeral_ca = true;
  wanted.delay = std::chrono::microseconds{0};
  wanted.seed = 1;
  return wanted;
}

std::string encoded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

}  // namespace

std::shared_ptr<SSL_CTX> trusting(const std::string& ca_pem) {
  std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  X509_STORE* store = SSL_CTX_get_cert_store(context.get());
  X509_STORE_add_cert(store, certificate_from_pem(ca_pem).get());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

RawClient::RawClient(int port, std::shared_ptr<SSL_CTX> context, bool handshake, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), context_(std::move(context)) {
  if (receive_buffer > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval patience{kPatienceSeconds, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  if (connected_ && context_ && handshake) {
    tls_ = SSL_new(context_.get());
    SSL_set_fd(tls_, socket_);
    SSL_set_tlsext_host_name(tls_, "localhost");
    connected_ = SSL_connect(tls_) == 1;
  }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      context_(std::move(other.context_)),
      tls_(std::exchange(other.tls_, nullptr)),
      connected_(other.connected_),
      held_(std::move(other.held_)) {}

RawClient::~RawClient() {
  SSL_free(tls_);
  if (socket_ >= 0) {
    ::close(socket_);
  }
}

bool RawClient::send_raw(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool RawClient::send(std::string_view bytes) {
  if (tls_ == nullptr) {
    return send_raw(bytes);
  }
  while (!bytes.empty()) {
    const int count = SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
    if (count <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

long RawClient::read_some(char* to, std::size_t size) {
  return tls_ == nullptr ? ::recv(socket_, to, size, 0)
                         : SSL_read(tls_, to, static_cast<int>(size));
}

Answer RawClient::receive(bool has_body) {
  char buffer[16384];
  const auto more = [&] {
    const long count = read_some(buffer, sizeof buffer);
    if (count > 0) {
      held_.append(buffer, static_cast<std::size_t>(count));
    }
    return count > 0;
  };
  std::size_t end = held_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!more()) {
      return {};
    }
    end = held_.find("\r\n\r\n");
  }
  Answer answer{std::stoi(held_.substr(9, 3)), held_.substr(0, end + 2), {}};
  held_.erase(0, end + 4);
  const std::size_t at = lower(answer.head).find("content-length: ");
  const std::size_t length =
      at == std::string::npos || !has_body ? 0 : std::stoul(answer.head.substr(at + 16));
  while (held_.size() < length) {
    if (!more()) {
      return {};
    }
  }
  answer.body = held_.substr(0, length);
  held_.erase(0, length);
  return answer;
}

bool RawClient::ended_within(std::chrono::milliseconds time) {
  const auto last = std::chrono::steady_clock::now() + time;
  char buffer[4096];
  while (std::chrono::steady_clock::now() < last) {
    pollfd wanted{socket_, POLLIN, 0};
    if (::poll(&wanted, 1, 50) > 0 && ::recv(socket_, buffer, sizeof buffer, 0) <= 0) {
      return true;
    }
  }
  return false;
}

Served::Served() : simulator(options()) {
  if (const Started started = simulator.start(); !started) {
    return;
  }
  const std::string url = simulator.base_url();
  port = std::stoi(url.substr(url.rfind(':') + 1));
  trust = trusting(simulator.ca_pem());
  const auto ready = nlohmann::json::parse(simulator.ready_json());
  std::string tenant;
  for (const auto& partner : ready["partners"]) {
    if (partner["kind"] == "direct" && tenant.empty()) {
      tenant = partner["tenantId"].get<std::string>();
    }
  }
  for (const auto& application : ready["applications"]) {
    if (application["tenantId"] != tenant || !token.empty()) {
      continue;
    }
    const std::string form =
        "grant_type=client_credentials&client_id=" + encoded(application["clientId"]) +
        "&client_secret=" + encoded(application["clientSecret"]) +
        "&resource=" + encoded("https://api.partnercenter.microsoft.com");
    RawClient asking = client();
    asking.send("POST /" + tenant + "/oauth2/token HTTP/1.1\r\nHost: localhost\r\n" +
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                std::to_string(form.size()) + "\r\n\r\n" + form);
    token = nlohmann::json::parse(asking.receive().body, nullptr, false).value("access_token", "");
  }
  RawClient asking = client();
  asking.send(with_token("GET /v1/customers", ""));
  const std::string list = asking.receive().body;
  const auto customers = nlohmann::json::parse(list.substr(list.find('{')), nullptr, false);
  customer = customers["items"][0].value("id", "");
}

std::string Served::with_token(const std::string& request_line, const std::string& headers,
                               const std::string& body) const {
  return request_line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n" +
         headers + "\r\n" + body;
}

std::string Served::get(const std::string& headers) const {
  return with_token("GET /v1/customers/" + customer, headers);
}

}  // namespace pcsim::testing_client
