#include "server/listen_sockets.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace pcsim {
namespace {

constexpr int kBacklog = 4096;
constexpr int kAttempts = 16;

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

Addresses resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
    found = nullptr;
  }
  return Addresses{found, [](addrinfo* list) {
                     if (list != nullptr) {
                       ::freeaddrinfo(list);
                     }
                   }};
}

int open_one(const addrinfo& address) {
  const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    return -1;
  }
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.ai_family == AF_INET6) {
    ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  }
  if (::bind(fd, address.ai_addr, address.ai_addrlen) != 0 || ::listen(fd, kBacklog) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

int port_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return -1;
  }
  return address.ss_family == AF_INET6
             ? ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port)
             : ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

void close_all(ListenSockets& opened) {
  for (const int fd : opened.sockets) {
    ::close(fd);
  }
  opened = {};
}

/// Every address of the host on one port. An address the machine lacks is left out; one that
/// another program holds spoils the attempt, because clients may choose either.
ListenSockets open_addresses(const std::string& host, int port) {
  ListenSockets opened;
  const Addresses addresses = resolve(host, port);
  for (const addrinfo* one = addresses.get(); one != nullptr; one = one->ai_next) {
    const Addresses again =
        opened.port > 0 ? resolve(host, opened.port) : Addresses{nullptr, [](addrinfo*) {}};
    const addrinfo* wanted = one;
    for (const addrinfo* same = again.get(); same != nullptr; same = same->ai_next) {
      wanted = same->ai_family == one->ai_family ? same : wanted;
    }
    errno = 0;
    const int fd = open_one(*wanted);
    if (fd < 0 && errno == EADDRINUSE) {
      close_all(opened);
      return opened;
    }
    if (fd >= 0) {
      opened.sockets.push_back(fd);
      opened.port = port_of(fd);
    }
  }
  return opened;
}

}  // namespace

ListenSockets open_listen_sockets(const std::string& host, int port) {
  ListenSockets opened = open_addresses(host, port);
  // A free port of one address may be taken at the other: then another free port is tried.
  for (int attempt = 1; opened.sockets.empty() && port == 0 && attempt < kAttempts; ++attempt) {
    opened = open_addresses(host, port);
  }
  return opened;
}

unsigned long raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  return limit.rlim_cur;
}

}  // namespace pcsim
