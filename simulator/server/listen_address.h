#pragma once

#include <string>

namespace pcsim {

/// Reads `HOST:PORT`, an IPv6 address in brackets; the answer is empty, or a sentence on failure.
std::string read_listen_address(const std::string& text, std::string& host, int& port);

/// `host:port` as it is written in a URL.
std::string address_text(const std::string& host, int port);

/// The address a client on this machine connects to: a wildcard is `localhost` there.
std::string reachable_address(const std::string& host, int port);

/// Whether `host` means every address of the machine.
bool is_wildcard(const std::string& host);

/// Whether only this machine can connect to `host`.
bool is_loopback(const std::string& host);

}  // namespace pcsim
