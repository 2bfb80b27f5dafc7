#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "server/http_framing.h"
#include "server/transport.h"

namespace pcsim {

/// How long a connection may take for each part.
struct ConnectionTimes {
  std::chrono::milliseconds head{10'000};   ///< from the first byte, or from the connect
  std::chrono::milliseconds body{30'000};   ///< from the end of the head
  std::chrono::milliseconds idle{120'000};  ///< between requests
  std::chrono::milliseconds write{30'000};  ///< without any byte of the answer taken
  std::chrono::milliseconds linger{2'000};  ///< for a refused client to read why
};

/// What all connections of a transport share.
struct ConnectionSetting {
  const TransportHandlers& handlers;
  SSL_CTX* tls = nullptr;  ///< null: plain HTTP is spoken
  ConnectionTimes times{};
};

/// One client: TLS, framing, answers. It never blocks: `proceed` does what can be done now and
/// says what to wait for. One thread at a time may use it.
class Connection {
 public:
  using Clock = std::chrono::steady_clock;
  enum class Wait { Readable, Writable, Nothing };  ///< Nothing: the connection is over

  Connection(int socket, const ConnectionSetting& setting);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }
  std::mutex& mutex() { return mutex_; }
  bool over() const { return stage_ == Stage::Over; }

  /// Reads, answers and writes as far as it goes without waiting.
  Wait proceed();

  /// The deadline has passed: a request that is still coming is refused, anything else ends.
  Wait expire();
  Clock::time_point deadline() const { return deadline_; }

  /// Whether no request is under way.
  bool idle() const;
  /// Ends it now.
  void end();

 private:
  enum class Stage { Peek, Handshake, Open, Linger, Over };
  enum class Step { Again, Readable, Writable, Over };
  enum class Phase { None, Connect, Idle, Head, Body, Write, Linger };

  Step peek();
  Step handshake();
  Step exchange();
  Step read_some();
  Step write_some();
  Step linger();
  Step after_tls(int result);
  Step finish();
  void answer();
  void refuse(const Error& error);
  Phase phase() const;
  void set_deadline();

  const ConnectionSetting& setting_;
  int socket_;
  std::mutex mutex_{};
  std::unique_ptr<SSL, void (*)(SSL*)> tls_;
  RequestFramer framer_{};
  std::string out_{};
  std::size_t written_ = 0;
  Stage stage_ = Stage::Peek;
  bool plain_on_tls_ = false;
  bool closing_ = false;    ///< after the answer is written
  bool continued_ = false;  ///< `100 Continue` was sent for this request
  bool yield_ = false;      ///< others go first
  std::size_t lingered_ = 0;
  bool progressed_ = false;    ///< some of the answer was taken
  Phase timed_ = Phase::None;  ///< what the deadline is for
  Clock::time_point deadline_{};
};

}  // namespace pcsim
