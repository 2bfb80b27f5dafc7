#pragma once

#include <functional>
#include <memory>
#include <string>

#include "pcsim/message.h"
#include "pcsim/result.h"
#include "server/log.h"
#include "server/tls_identity.h"

namespace pcsim {

/// Who answers the requests of a transport. Both may be called from any of its threads.
struct TransportHandlers {
  std::function<Response(const Request&)> answer;
  /// The answer to bytes that are no acceptable request, as far as it could be read.
  std::function<Response(const Request&, const Error&)> refuse;
};

/// Sockets and TLS between clients and the handlers of requests.
class Transport {
 public:
  /// Stops.
  virtual ~Transport() = default;

  /// Binds `host`:`port` (0 picks a free one). Returns the port, or -1 when it cannot be bound.
  virtual int bind(const std::string& host, int port) = 0;

  /// Answers on threads of its own; returns once it does.
  virtual void start() = 0;

  /// Ends idle connections, lets requests under way finish within five seconds, and joins the
  /// threads.
  virtual void stop() = 0;
};

/// A transport that holds any number of connections with few threads; plain HTTP when `tls` is
/// null. `tls` and `log` must outlive it. Source: docs/architecture.md, "Connections".
std::unique_ptr<Transport> make_event_transport(TransportHandlers handlers, TlsIdentity* tls,
                                                Log& log);

}  // namespace pcsim
