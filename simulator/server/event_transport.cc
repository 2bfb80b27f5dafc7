#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/connection.h"
#include "server/listen_sockets.h"
#include "server/transport.h"

namespace pcsim {
namespace {

using namespace std::chrono_literals;
using ConnectionPtr = std::shared_ptr<Connection>;

constexpr int kAcceptsInTurn = 64;
constexpr auto kTick = 250ms;
constexpr auto kDrainTime = 5s;
constexpr auto kComplaintPause = 5s;
/// Ids of connections begin above those of the listening sockets and the wake-up call.
constexpr std::uint64_t kFirstConnection = 1'000;
constexpr std::uint64_t kWakeUp = 999;

/// The open connections by the id epoll reports. An id is never used twice, so that an event of a
/// connection that has ended meanwhile finds nothing.
class Registry {
 public:
  std::uint64_t add(ConnectionPtr connection) {
    const std::scoped_lock lock{mutex_};
    connections_.emplace(++last_, std::move(connection));
    return last_;
  }
  ConnectionPtr find(std::uint64_t id) {
    const std::scoped_lock lock{mutex_};
    const auto found = connections_.find(id);
    return found == connections_.end() ? nullptr : found->second;
  }
  void remove(std::uint64_t id) {
    ConnectionPtr last;  // freed outside of the lock
    const std::scoped_lock lock{mutex_};
    if (const auto found = connections_.find(id); found != connections_.end()) {
      last = std::move(found->second);
      connections_.erase(found);
    }
  }
  std::vector<std::pair<std::uint64_t, ConnectionPtr>> all() {
    const std::scoped_lock lock{mutex_};
    return {connections_.begin(), connections_.end()};
  }
  void clear() {
    const std::scoped_lock lock{mutex_};
    connections_.clear();
  }

 private:
  std::mutex mutex_{};
  std::unordered_map<std::uint64_t, ConnectionPtr> connections_{};
  std::uint64_t last_ = kFirstConnection;
};

/// Threads that wait together for events. One of them takes an event, does all that can be done
/// without waiting, and gives the connection back: a slow client holds memory, never a thread.
class EventTransport : public Transport {
 public:
  EventTransport(TransportHandlers handlers, TlsIdentity* tls, Log& log)
      : handlers_(std::move(handlers)),
        context_(tls == nullptr ? nullptr : SSL_CTX_new(TLS_server_method()), &SSL_CTX_free),
        setting_{handlers_, context_.get()},
        log_(log),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (tls != nullptr) {
      configure(*tls);
    }
    watch(wake_, kWakeUp, EPOLLIN, EPOLL_CTL_ADD);
  }

  ~EventTransport() override {
    stop_and_join();
    close_listeners();
    ::close(wake_);
    ::close(epoll_);
  }

  int bind(const std::string& host, int port) override {
    listeners_ = open_listen_sockets(host, port);
    return listeners_.port;
  }

  void start() override {
    for (std::size_t at = 0; at < listeners_.sockets.size(); ++at) {
      watch(listeners_.sockets[at], at, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD);
    }
    // No thread waits for a client, so more of them than cores would only wait for each other.
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 2U, 16U);
    for (unsigned i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { work(); });
    }
    threads_.emplace_back([this] { keep_time(); });
  }

  void stop() override { stop_and_join(); }

 private:
  void configure(TlsIdentity& tls) {
    SSL_CTX& context = *context_;
    tls.install(context);
    SSL_CTX_set_mode(&context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(&context, 1);
    SSL_CTX_set_read_ahead(&context, 1);
  }

  bool watch(int fd, std::uint64_t id, std::uint32_t events, int how) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    return ::epoll_ctl(epoll_, how, fd, &event) == 0;
  }

  void work() {
    while (!quit_) {
      epoll_event event{};
      if (::epoll_wait(epoll_, &event, 1, -1) != 1 || event.data.u64 == kWakeUp) {
        continue;
      }
      if (event.data.u64 < kFirstConnection) {
        accept_from(static_cast<std::size_t>(event.data.u64));
      } else if (const ConnectionPtr connection = connections_.find(event.data.u64)) {
        const std::scoped_lock lock{connection->mutex()};
        settle(event.data.u64, *connection, connection->proceed());
      }
    }
  }

  /// Waits for what the connection waits for, or forgets it. Its mutex is held.
  void settle(std::uint64_t id, Connection& connection, Connection::Wait wait) {
    const std::uint32_t what = wait == Connection::Wait::Writable ? EPOLLOUT : EPOLLIN;
    if (wait == Connection::Wait::Nothing ||
        !watch(connection.socket(), id, what | EPOLLONESHOT, EPOLL_CTL_MOD)) {
      connections_.remove(id);
    }
  }

  void accept_from(std::size_t listener) {
    const int from = listeners_.sockets[listener];
    for (int turn = 0; turn < kAcceptsInTurn && !stopping_; ++turn) {
      const int fd = ::accept4(from, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
          // The clock thread tries again; until then the kernel keeps the callers waiting.
          complain(errno);
          return;
        }
        break;
      }
      const int on = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      auto connection = std::make_shared<Connection>(fd, setting_);
      const std::uint64_t id = connections_.add(std::move(connection));
      if (!watch(fd, id, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD)) {
        connections_.remove(id);
      }
    }
    watch(from, listener, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD);
  }

  void complain(int reason) {
    const std::scoped_lock lock{mutex_};
    exhausted_ = true;
    const auto now = Connection::Clock::now();
    if (now < complained_ + kComplaintPause) {
      return;
    }
    complained_ = now;
    log_.write(LogLevel::Warn, "no descriptor left for another connection",
               {{"reason", std::int64_t{reason}},
                {"advice", "raise the limit of open files, or close idle clients"}});
  }

  /// Watches the deadlines and takes connections again after an exhaustion.
  void keep_time() {
    std::unique_lock lock{mutex_};
    while (!quit_) {
      ticked_.wait_for(lock, kTick);
      const bool accept_again = std::exchange(exhausted_, false);
      lock.unlock();
      if (accept_again && !stopping_) {
        for (std::size_t at = 0; at < listeners_.sockets.size(); ++at) {
          watch(listeners_.sockets[at], at, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD);
        }
      }
      const auto now = Connection::Clock::now();
      for (const auto& [id, connection] : connections_.all()) {
        // One that is being served is not late.
        const std::unique_lock held{connection->mutex(), std::try_to_lock};
        if (held && !connection->over() && now >= connection->deadline()) {
          settle(id, *connection, connection->expire());
        }
      }
      lock.lock();
    }
  }

  void close_listeners() {
    for (const int fd : listeners_.sockets) {
      ::close(fd);
    }
    listeners_.sockets.clear();
  }

  void end_connections(bool only_idle) {
    for (const auto& [id, connection] : connections_.all()) {
      const std::unique_lock held{connection->mutex(), std::try_to_lock};
      if (held && (!only_idle || connection->idle())) {
        connection->end();
        connections_.remove(id);
      }
    }
  }

  void stop_and_join() {
    if (threads_.empty()) {
      return;
    }
    stopping_ = true;
    for (const int fd : listeners_.sockets) {
      ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
    }
    const auto last = Connection::Clock::now() + kDrainTime;
    end_connections(true);
    while (!connections_.all().empty() && Connection::Clock::now() < last) {
      std::this_thread::sleep_for(5ms);
      end_connections(true);
    }
    quit_ = true;
    // The call stays in the counter, so every thread sees it.
    const std::uint64_t call = 1;
    static_cast<void>(::write(wake_, &call, sizeof call));
    ticked_.notify_all();
    for (std::thread& thread : threads_) {
      thread.join();
    }
    threads_.clear();
    end_connections(false);
    connections_.clear();
  }

  TransportHandlers handlers_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  ConnectionSetting setting_;
  Log& log_;
  int epoll_;
  int wake_;
  ListenSockets listeners_{};
  Registry connections_{};
  std::vector<std::thread> threads_{};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> quit_{false};
  std::mutex mutex_{};  ///< guards the three below
  std::condition_variable ticked_{};
  bool exhausted_ = false;
  Connection::Clock::time_point complained_{};
};

}  // namespace

std::unique_ptr<Transport> make_event_transport(TransportHandlers handlers, TlsIdentity* tls,
                                                Log& log) {
  return std::make_unique<EventTransport>(std::move(handlers), tls, log);
}

}  // namespace pcsim
