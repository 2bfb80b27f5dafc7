#include "server/http_framing.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace pcsim {
namespace {

using State = RequestFramer::State;

std::string post(const std::string& headers, const std::string& body) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}

TEST(Framing, ReadsARequestInOnePiece) {
  RequestFramer framer;
  ASSERT_EQ(framer.feed(post("Content-Length: 3\r\n", "abcGET")), State::Complete);
  EXPECT_EQ(framer.request().method, "POST");
  EXPECT_EQ(framer.request().target, "/a");
  EXPECT_EQ(framer.request().body, "abc");
  EXPECT_TRUE(framer.keep_alive());
  EXPECT_EQ(framer.next(), State::Head);
  EXPECT_TRUE(framer.started()) << "the next request has begun";
}

TEST(Framing, TakesALongToken) {
  RequestFramer framer;
  const std::string token(20'000, 'a');
  ASSERT_EQ(framer.feed("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: " + token + "\r\n\r\n"),
            State::Complete);
  EXPECT_EQ(framer.request().headers.find("Authorization").value_or(""), token);
}

TEST(Framing, ReadsChunksAndPipelinedRequests) {
  RequestFramer framer;
  const std::string chunks = "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
  ASSERT_EQ(framer.feed(post("Transfer-Encoding: chunked\r\n", chunks) +
                        "GET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
            State::Complete);
  EXPECT_EQ(framer.request().body, "abcde");
  ASSERT_EQ(framer.next(), State::Complete);
  EXPECT_EQ(framer.request().target, "/b");
  EXPECT_FALSE(framer.keep_alive());
}

// Property: how the bytes are cut does not matter.
TEST(Framing, CutsDoNotMatter) {
  const std::string bytes =
      post("Content-Length: 5\r\nExpect: 100-continue\r\n", "hello") +
      post("Transfer-Encoding: chunked\r\n", "a\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n");
  std::mt19937 random{5};
  for (int round = 0; round < 300; ++round) {
    RequestFramer framer;
    std::vector<std::string> bodies;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t count = 1 + random() % 9;
      State state = framer.feed(std::string_view{bytes}.substr(at, count));
      at += count;
      while (state == State::Complete) {
        bodies.push_back(framer.request().body);
        state = framer.next();
      }
      ASSERT_NE(state, State::Refused);
    }
    ASSERT_EQ(bodies, (std::vector<std::string>{"hello", "0123456789x"}));
    ASSERT_FALSE(framer.started());
  }
}

TEST(Framing, TellsWhoWaitsForContinue) {
  RequestFramer framer;
  EXPECT_EQ(framer.feed(post("Content-Length: 2\r\nExpect: 100-continue\r\n", "")), State::Body);
  EXPECT_TRUE(framer.wants_continue());
  EXPECT_EQ(framer.feed("ok"), State::Complete);
  EXPECT_FALSE(framer.wants_continue());
}

TEST(Framing, AnAbsoluteTargetNamesTheHost) {
  RequestFramer framer;
  ASSERT_EQ(framer.feed("GET https://login.windows.net/t?q=1 HTTP/1.1\r\nHost: proxy\r\n\r\n"),
            State::Complete);
  EXPECT_EQ(framer.request().target, "/t?q=1");
  EXPECT_EQ(framer.request().headers.find("Host"), "login.windows.net");
}

struct Refusal {
  const char* name;
  std::string bytes;
  ErrorCode code;
};

TEST(Framing, RefusesWhatIsNotStrict) {
  const std::string get = "GET / HTTP/1.1\r\nHost: h\r\n";
  std::string many = get;
  for (int i = 0; i < 100; ++i) {
    many += "X" + std::to_string(i) + ": y\r\n";
  }
  const Refusal rows[] = {
      {"bare LF", "GET / HTTP/1.1\nHost: h\n\n", ErrorCode::MalformedRequest},
      {"bare CR", "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n", ErrorCode::MalformedRequest},
      {"folded header", get + "X: a\r\n b\r\n\r\n", ErrorCode::MalformedRequest},
      {"space before the colon", get + "X : a\r\n\r\n", ErrorCode::MalformedRequest},
      {"no colon", get + "X\r\n\r\n", ErrorCode::MalformedRequest},
      {"NUL in a value", get + std::string("X: \0\r\n\r\n", 8), ErrorCode::MalformedRequest},
      {"no host", "GET / HTTP/1.1\r\n\r\n", ErrorCode::MissingHostHeader},
      {"two hosts", get + "Host: i\r\n\r\n", ErrorCode::MissingHostHeader},
      {"two lengths", post("Content-Length: 1\r\nContent-Length: 1\r\n", "x"),
       ErrorCode::MalformedRequest},
      {"length and chunks", post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "x"),
       ErrorCode::MalformedRequest},
      {"negative length", post("Content-Length: -1\r\n", ""), ErrorCode::MalformedRequest},
      {"length with sign", post("Content-Length: +1\r\n", "x"), ErrorCode::MalformedRequest},
      {"length list", post("Content-Length: 1, 1\r\n", "x"), ErrorCode::MalformedRequest},
      {"huge length", post("Content-Length: 1073741824\r\n", ""), ErrorCode::RequestTooLarge},
      {"overflowing length", post("Content-Length: 99999999999999999999999\r\n", ""),
       ErrorCode::RequestTooLarge},
      {"gzip transfer", post("Transfer-Encoding: gzip\r\n", ""),
       ErrorCode::TransferEncodingNotSupported},
      {"bad chunk size", post("Transfer-Encoding: chunked\r\n", "zz\r\n"),
       ErrorCode::MalformedRequest},
      {"chunk without its end", post("Transfer-Encoding: chunked\r\n", "1\r\nabc"),
       ErrorCode::MalformedRequest},
      {"huge chunk", post("Transfer-Encoding: chunked\r\n", "ffffffff\r\n"),
       ErrorCode::RequestTooLarge},
      {"101 headers", many + "\r\n", ErrorCode::HeadersTooLarge},
      {"long line", get + "X: " + std::string(33'000, 'y') + "\r\n\r\n",
       ErrorCode::HeadersTooLarge},
      {"long target", "GET /" + std::string(33'000, 'y'), ErrorCode::UriTooLong},
      {"endless head", get + std::string(40'000, 'y'), ErrorCode::HeadersTooLarge},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", ErrorCode::HttpVersionNotSupported},
      {"other expectation", get + "Expect: tea\r\n\r\n", ErrorCode::ExpectationFailed},
      {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", ErrorCode::ConnectNotSupported},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", ErrorCode::MalformedRequest},
  };
  for (const Refusal& row : rows) {
    RequestFramer framer;
    EXPECT_EQ(framer.feed(row.bytes), State::Refused) << row.name;
    if (framer.state() == State::Refused) {
      EXPECT_EQ(framer.error().code, row.code) << row.name;
    }
  }
}

TEST(Framing, HoldsNoMoreThanItsBudget) {
  RequestFramer framer;
  EXPECT_EQ(framer.feed(post("Transfer-Encoding: chunked\r\n", "")), State::Body);
  const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  State state = State::Body;
  std::size_t fed = 0;
  while (state == State::Body) {
    state = framer.feed(chunk);
    fed += chunk.size();
    ASSERT_LT(fed, 6U << 20U);
  }
  EXPECT_EQ(framer.error().code, ErrorCode::RequestTooLarge);
}

}  // namespace
}  // namespace pcsim
