#include "server/listen_address.h"

#include <charconv>

#include "pcsim/text.h"

namespace pcsim {

std::string read_listen_address(const std::string& text, std::string& host, int& port) {
  const std::size_t colon = text.rfind(':');
  int number = -1;
  if (colon != std::string::npos) {
    const char* first = text.data() + colon + 1;
    const char* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(first, last, number);
    if (error != std::errc{} || end != last) {
      number = -1;
    }
  }
  std::string name = colon == std::string::npos ? "" : text.substr(0, colon);
  const bool bracketed = name.size() > 2 && name.front() == '[' && name.back() == ']';
  if (bracketed) {
    name = name.substr(1, name.size() - 2);
  }
  if (name.empty() || number < 0 || number > 65535 ||
      (!bracketed && name.find(':') != std::string::npos)) {
    return "'" + text + "' is not an address; write HOST:PORT, for example localhost:8443.";
  }
  host = name;
  port = number;
  return {};
}

std::string address_text(const std::string& host, int port) {
  const bool six = host.find(':') != std::string::npos;
  return (six ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string reachable_address(const std::string& host, int port) {
  return address_text(is_wildcard(host) ? "localhost" : host, port);
}

bool is_wildcard(const std::string& host) { return host == "0.0.0.0" || host == "::"; }

bool is_loopback(const std::string& host) {
  const std::string name = lower(host);
  return name == "localhost" || name.ends_with(".localhost") || name == "::1" ||
         name.starts_with("127.");
}

}  // namespace pcsim
