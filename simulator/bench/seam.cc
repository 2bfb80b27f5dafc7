#include "bench/seam.h"

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "server/http_answer.h"
#include "server/http_framing.h"

namespace pcsim {
namespace {

constexpr int kRounds = 21;
constexpr int kRequestsInRound = 5'000;

/// A request as clients send it, with a token of the usual length.
std::string request_bytes() {
  return "GET /v1/customers/d0000001-0000-4000-8000-000000000001 HTTP/1.1\r\n"
         "Host: api.partnercenter.microsoft.com\r\n"
         "User-Agent: bench/1.0\r\nAccept: application/json\r\n"
         "MS-RequestId: 6f0e3c1e-5a3b-4f53-9d2b-3f5f7c2f9a10\r\n"
         "MS-CorrelationId: 0b2f1b1e-96d5-4a53-8c0e-5f0a4c1c2d11\r\n"
         "Authorization: Bearer " +
         std::string(1'200, 'a') + "\r\n\r\n";
}

Response response_of(std::string body) {
  Response response;
  response.status = 200;
  response.headers.add("MS-RequestId", "6f0e3c1e-5a3b-4f53-9d2b-3f5f7c2f9a10");
  response.headers.add("MS-CorrelationId", "0b2f1b1e-96d5-4a53-8c0e-5f0a4c1c2d11");
  response.headers.add("Content-Type", "application/json; charset=utf-8");
  response.body = std::move(body);
  return response;
}

/// The library's stream over bytes that have already come; what it writes is kept in one buffer.
class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(const std::string& in) : in_(in) {}

  bool is_readable() const override { return at_ < in_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min(size, in_.size() - at_);
    std::memcpy(to, in_.data() + at_, count);
    at_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t size) override {
    out.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = "127.0.0.1";
    port = 1;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    get_remote_ip_and_port(ip, port);
  }
  socket_t socket() const override { return -1; }

  std::string out{};

 private:
  const std::string& in_;
  std::size_t at_ = 0;
};

class LibraryServer : public httplib::Server {
 public:
  explicit LibraryServer(const std::string& body) {
    Get(".*", [body](const httplib::Request&, httplib::Response& response) {
      response.set_header("MS-RequestId", "6f0e3c1e-5a3b-4f53-9d2b-3f5f7c2f9a10");
      response.set_header("MS-CorrelationId", "0b2f1b1e-96d5-4a53-8c0e-5f0a4c1c2d11");
      response.set_content(body, "application/json; charset=utf-8");
    });
  }

  std::size_t answer(const std::string& bytes) {
    MemoryStream stream{bytes};
    bool closed = false;
    process_request(stream, false, closed, {});
    return stream.out.size();
  }
};

/// The framing has to read the head in either design: it decides when a request is whole.
std::size_t frame(RequestFramer& framer, const std::string& bytes) {
  framer.feed(bytes);
  return framer.request().headers.fields.size();
}

template <typename Work>
double microseconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kRequestsInRound; ++i) {
    work();
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  return took.count() / kRequestsInRound;
}

double median(std::vector<double> of) {
  const auto middle = of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2);
  std::nth_element(of.begin(), middle, of.end());
  return *middle;
}

}  // namespace

int bench_seam() {
  const std::string bytes = request_bytes();
  const std::string body(1'024, 'x');
  LibraryServer library{body};
  std::size_t written = 0;
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(microseconds([&] {
      RequestFramer framer;
      written += frame(framer, bytes);
      std::string out;
      add_answer(out, response_of(body), {framer.keep_alive(), false});
      written += out.size();
    }));
    theirs.push_back(microseconds([&] {
      RequestFramer framer;
      written += frame(framer, bytes);
      written += library.answer(bytes);
    }));
  }
  if (written == 0) {
    return 1;
  }
  std::printf("framing and answer          %6.2f us a request\n", median(ours));
  std::printf("framing and process_request %6.2f us a request, %.1f times as much\n",
              median(theirs), median(theirs) / median(ours));
  return 0;
}

}  // namespace pcsim
