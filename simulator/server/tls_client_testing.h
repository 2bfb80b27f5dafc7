#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "pcsim/simulator.h"

namespace pcsim::testing_client {

/// What a client read: the status and everything after the head.
struct Answer {
  int status = 0;  ///< 0: none came
  std::string head{};
  std::string body{};
};

/// A TLS context that trusts the simulator's authority and nothing else.
std::shared_ptr<SSL_CTX> trusting(const std::string& ca_pem);

/// A client that can misbehave: it sends exactly the bytes it is told to.
class RawClient {
 public:
  /// Connects to 127.0.0.1; with `context` and `handshake` it speaks TLS at once.
  RawClient(int port, std::shared_ptr<SSL_CTX> context, bool handshake = true,
            int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient& operator=(RawClient&&) = delete;

  bool connected() const { return connected_; }
  int socket() const { return socket_; }
  /// Whether all bytes were taken.
  bool send(std::string_view bytes);
  /// Bytes below TLS.
  bool send_raw(std::string_view bytes);
  /// Reads one answer, as long as Content-Length says.
  Answer receive(bool has_body = true);
  /// Whether the server ended the connection within the time.
  bool ended_within(std::chrono::milliseconds time);

 private:
  long read_some(char* to, std::size_t size);

  int socket_ = -1;
  std::shared_ptr<SSL_CTX> context_;
  SSL* tls_ = nullptr;
  bool connected_ = false;
  std::string held_{};
};

/// An in-process simulator with a token for the partner's application.
struct Served {
  Served();
  int port = 0;
  std::shared_ptr<SSL_CTX> trust{};
  std::string token{}, customer{};
  Simulator simulator;

  RawClient client() const { return RawClient{port, trust}; }
  /// A request of a customer by id, authenticated.
  std::string get(const std::string& headers = {}) const;
  std::string with_token(const std::string& request_line, const std::string& headers,
                         const std::string& body = {}) const;
};

}  // namespace pcsim::testing_client
