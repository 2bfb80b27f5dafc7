#pragma once

#include <functional>
#include <memory>
#include <string>

#include "pcsim/message.h"
#include "server/tls_identity.h"

namespace pcsim {

/// Sockets and TLS between clients and a handler of requests. The handler may run on any thread.
class Transport {
 public:
  using HandleRequest = std::function<Response(const Request&)>;

  /// Stops.
  virtual ~Transport() = default;

  /// Binds `host`:`port` (0 picks a free one). Returns the port, or -1 when it cannot be bound.
  virtual int bind(const std::string& host, int port) = 0;

  /// Answers on threads of its own; returns once it does.
  virtual void start() = 0;

  /// Ends idle connections, lets requests under way finish, and joins the threads.
  virtual void stop() = 0;
};

/// A transport over the HTTP library's own server; plain HTTP when `tls` is null. `tls` must
/// outlive it.
std::unique_ptr<Transport> make_httplib_transport(Transport::HandleRequest handle,
                                                  TlsIdentity* tls);

}  // namespace pcsim
