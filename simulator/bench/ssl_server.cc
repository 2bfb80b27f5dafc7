#include "bench/ssl_server.h"

#include <httplib.h>

#include <cstdio>
#include <fstream>
#include <iterator>

namespace pcsim {

int serve_plainly(int port, const std::string& certificate, const std::string& key,
                  const std::string& body_file) {
  std::ifstream file{body_file, std::ios::binary};
  const std::string body{std::istreambuf_iterator<char>{file}, {}};
  httplib::SSLServer server{certificate.c_str(), key.c_str()};
  if (!file || !server.is_valid()) {
    std::fputs("pcsim-bench: cannot read the certificate, its key or the body.\n", stderr);
    return 1;
  }
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(1'000'000'000);
  server.Get(".*", [&body](const httplib::Request&, httplib::Response& response) {
    response.set_content(body, "application/json; charset=utf-8");
  });
  return server.listen("127.0.0.1", port) ? 0 : 1;
}

}  // namespace pcsim
