#include <httplib.h>
#include <openssl/ssl.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <memory>
#include <thread>
#include <utility>

#include "server/open_connections.h"
#include "server/transport.h"
#include "server/worker_pool.h"

namespace pcsim {
namespace {

/// Restores the process's disposition of SIGPIPE, which the library's server changes.
class KeepsPipeSignal {
 public:
  KeepsPipeSignal() { ::sigaction(SIGPIPE, nullptr, &before_); }
  ~KeepsPipeSignal() { ::sigaction(SIGPIPE, &before_, nullptr); }
  KeepsPipeSignal(const KeepsPipeSignal&) = delete;
  KeepsPipeSignal& operator=(const KeepsPipeSignal&) = delete;

 private:
  struct sigaction before_ {};
};

/// The library would also share the port with another server of the same user.
void reuse_only_closed_addresses(socket_t socket) {
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

class HttplibTransport : public Transport {
 public:
  HttplibTransport(HandleRequest handle, TlsIdentity* tls) : handle_(std::move(handle)) {
    const KeepsPipeSignal keep;
    if (tls != nullptr) {
      server_ = std::make_unique<httplib::SSLServer>([this, tls](SSL_CTX& context) {
        tls->install(context);
        connections_.follow(context);
        return true;
      });
    } else {
      server_ = std::make_unique<httplib::Server>();
    }
    configure(tls == nullptr ? 1 : 5);
  }

  ~HttplibTransport() override { stop_and_join(); }

  int bind(const std::string& host, int port) override {
    if (port == 0) {
      return server_->bind_to_any_port(host);
    }
    return server_->bind_to_port(host, port) ? port : -1;
  }

  void start() override {
    thread_ = std::thread{[this] {
      server_->listen_after_bind();
      ended_ = true;
    }};
    // The port queues connections since it was bound; a stop, though, needs a running loop.
    while (!server_->is_running() && !ended_) {
      std::this_thread::yield();
    }
  }

  void stop() override { stop_and_join(); }

 private:
  void stop_and_join() {
    if (!thread_.joinable()) {
      return;
    }
    server_->stop();
    connections_.hang_up();
    thread_.join();
  }

  /// Idle plain connections cannot be ended from outside, so they get less time than TLS ones.
  void configure(time_t idle_seconds) {
    server_->set_tcp_nodelay(true);
    server_->set_socket_options(&reuse_only_closed_addresses);
    server_->set_keep_alive_max_count(1'000'000);
    server_->set_keep_alive_timeout(idle_seconds);
    server_->set_payload_max_length(4U * 1024U * 1024U);
    server_->new_task_queue = [] { return new WorkerPool(64); };
    // A request without a body never reaches the library's body reader, which would wait for one.
    server_->set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          const bool has_body =
              request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
          const bool may_have_body = request.method == "POST" || request.method == "PUT" ||
                                     request.method == "PATCH" || request.method == "DELETE";
          if (has_body && may_have_body) {
            return httplib::Server::HandlerResponse::Unhandled;
          }
          answer(request, response);
          return httplib::Server::HandlerResponse::Handled;
        });
    const auto answer_routed = [this](const httplib::Request& request,
                                      httplib::Response& response) { answer(request, response); };
    server_->Post(".*", answer_routed);
    server_->Put(".*", answer_routed);
    server_->Patch(".*", answer_routed);
    server_->Delete(".*", answer_routed);
  }

  void answer(const httplib::Request& from, httplib::Response& to) const {
    Request request{from.method, from.target, {}, from.body};
    for (const auto& [name, value] : from.headers) {
      if (name != "REMOTE_ADDR" && name != "REMOTE_PORT") {
        request.headers.add(name, value);
      }
    }
    Response response = handle_(request);
    to.status = response.status;
    std::string type;
    for (auto& [name, value] : response.headers.fields) {
      if (name == "Content-Type") {
        type = std::move(value);
      } else {
        to.set_header(name, value);
      }
    }
    if (!response.body.empty()) {
      to.set_content(std::move(response.body), type);
    }
  }

  HandleRequest handle_;
  OpenConnections connections_;
  std::unique_ptr<httplib::Server> server_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Transport> make_httplib_transport(Transport::HandleRequest handle,
                                                  TlsIdentity* tls) {
  return std::make_unique<HttplibTransport>(std::move(handle), tls);
}

}  // namespace pcsim
