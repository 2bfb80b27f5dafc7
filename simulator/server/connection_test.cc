// The traps of the transport, each met over real sockets and TLS.
#include "server/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "pcsim/text.h"
#include "server/tls_client_testing.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PCSIM_SANITIZED
#endif
#endif

namespace pcsim {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_client::Answer;
using testing_client::RawClient;
using testing_client::Served;

const Served& served() {
  // A client of the tests writes on although the server has ended the connection.
  static const auto before = std::signal(SIGPIPE, SIG_IGN);
  static_cast<void>(before);
  static const Served one;
  return one;
}

Answer ask(const std::string& bytes, bool has_body = true) {
  RawClient client = served().client();
  EXPECT_TRUE(client.connected());
  EXPECT_TRUE(client.send(bytes));
  return client.receive(has_body);
}

std::string post(const std::string& headers, const std::string& body) {
  return served().with_token("POST /v1/customers/" + served().customer + "/carts",
                             "Content-Type: application/json\r\n" + headers, body);
}

/// Resident memory in kB.
long resident() {
  std::ifstream status{"/proc/self/status"};
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmRSS:", 0) == 0) {
      return std::stol(line.substr(6));
    }
  }
  return 0;
}

TEST(Traps, SmallAnswersAreNotDelayed) {
  RawClient client = served().client();
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(client.send(served().get()));
    ASSERT_EQ(client.receive().status, 200);
  }
  // With delayed segments each exchange takes 40 ms.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds{300});
}

TEST(Traps, APostWithoutALengthHasAnEmptyBody) {
  const Answer answer = ask(post("", ""));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("\"code\":800002"));
}

TEST(Traps, HeadIsNoGet) {
  const Answer answer = ask(served().with_token("HEAD /v1/customers", ""), false);
  EXPECT_EQ(answer.status, 405);
}

TEST(Traps, BodiesAreNeitherCompressedNorCut) {
  const Answer whole = ask(served().get());
  const Answer same =
      ask(served().get("Accept-Encoding: br, gzip, deflate\r\nRange: bytes=0-9\r\n"));
  EXPECT_EQ(same.status, 200);
  EXPECT_EQ(same.body, whole.body);
  EXPECT_THAT(lower(same.head), Not(HasSubstr("content-encoding")));
}

TEST(Traps, NoKeepAliveHeaderAndOneConnectionForMany) {
  RawClient client = served().client();
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(client.send(served().get()));
    const Answer answer = client.receive();
    ASSERT_EQ(answer.status, 200);
    ASSERT_THAT(lower(answer.head), Not(HasSubstr("keep-alive")));
  }
}

TEST(Traps, AnEncodedSlashStaysInItsSegment) {
  const Answer answer = ask(served().with_token("GET /v1/customers%2F" + served().customer, ""));
  EXPECT_EQ(answer.status, 404);
}

TEST(Traps, LongFormsPass) {
  const std::string form =
      "grant_type=client_credentials&client_id=x&client_assertion=" + std::string(20'000, 'a');
  const Answer answer =
      ask("POST /common/oauth2/token HTTP/1.1\r\nHost: localhost\r\n"
          "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
          std::to_string(form.size()) + "\r\n\r\n" + form);
  EXPECT_NE(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("AADSTS"));
}

TEST(Traps, DeepJsonIsRefused) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const Answer answer = ask(post("Content-Length: " + std::to_string(deep.size()) + "\r\n", deep));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("64 levels"));
}

TEST(Traps, PlainHttpGetsAnAnswer) {
  RawClient client{served().port, nullptr};
  ASSERT_TRUE(client.send("GET /v1/customers HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("plain HTTP"));
  EXPECT_TRUE(client.ended_within(std::chrono::seconds{3}));
}

TEST(Traps, ConnectIsToldThatItIsNotPossible) {
  RawClient client{served().port, nullptr};
  ASSERT_TRUE(client.send("CONNECT login.microsoftonline.com:443 HTTP/1.1\r\nHost: a\r\n\r\n"));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 501);
  EXPECT_THAT(answer.body, HasSubstr("CONNECT"));
}

TEST(Traps, ContinueIsSentBeforeTheBody) {
  RawClient client = served().client();
  ASSERT_TRUE(client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n", "")));
  EXPECT_EQ(client.receive(false).status, 100);
  ASSERT_TRUE(client.send("{}"));
  EXPECT_EQ(client.receive().status, 400);
}

TEST(Traps, PipelinedRequestsAreAnsweredInOrder) {
  RawClient client = served().client();
  const std::string missing = served().with_token("GET /v1/nothing", "");
  ASSERT_TRUE(client.send(served().get() + missing + served().get()));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive().status, 404);
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Traps, AWantedCloseIsAClose) {
  RawClient client = served().client();
  ASSERT_TRUE(client.send(served().get("Connection: close\r\n")));
  const Answer answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.head, HasSubstr("Connection: close"));
  EXPECT_TRUE(client.ended_within(std::chrono::seconds{3}));
}

TEST(Budgets, AreHeldEarlyInTheShapeOfTheSurface) {
  const long before = resident();
  {
    // 300 MB of chunks: refused after 4 MB, with Partner Center's envelope.
    RawClient client = served().client();
    ASSERT_TRUE(client.send(post("Transfer-Encoding: chunked\r\n", "")));
    const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
    int sent = 0;
    while (sent < 300 && client.send(chunk)) {
      ++sent;
    }
    const Answer answer = client.receive();
    EXPECT_LT(sent, 300);
    EXPECT_TRUE(answer.status == 413 || answer.status == 0) << answer.status;
  }
  {
    const Answer answer = ask(post("Transfer-Encoding: chunked\r\n", "500000\r\n"));
    EXPECT_EQ(answer.status, 413);
    EXPECT_THAT(answer.body, HasSubstr("\"source\":\"PartnerFD\""));
  }
  {
    const Answer answer = ask(post("Content-Length: 1073741824\r\n", ""));
    EXPECT_EQ(answer.status, 413);
    EXPECT_THAT(answer.body, HasSubstr("\"code\":"));
  }
  {
    RawClient client = served().client();
    std::string many =
        "GET /providers/Microsoft.Capacity/x HTTP/1.1\r\nHost: management.azure.com\r\n";
    ASSERT_TRUE(client.send(many));
    for (int i = 0; i < 200'000 && client.send("a: b\r\n"); ++i) {
    }
    const Answer answer = client.receive();
    EXPECT_TRUE(answer.status == 431 || answer.status == 0) << answer.status;
  }
  {
    std::string head = "GET /subscriptions HTTP/1.1\r\nHost: management.azure.com\r\n";
    for (int i = 0; i < 150; ++i) {
      head += "a: b\r\n";
    }
    const Answer answer = ask(head + "\r\n");
    EXPECT_EQ(answer.status, 431);
    EXPECT_THAT(answer.body, HasSubstr("{\"error\":{\"code\":"));
  }
  {
    RawClient client = served().client();
    ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: "));
    const std::string piece(100'000, 'y');
    int sent = 0;
    while (sent < 100 && client.send(piece)) {
      ++sent;
    }
    const Answer answer = client.receive();
    EXPECT_TRUE(answer.status == 431 || answer.status == 0) << answer.status;
  }
  const long after = resident();
  RecordProperty("resident_growth_kb", static_cast<int>(after - before));
  std::printf("resident memory before %ld kB, after %ld kB\n", before, after);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(PCSIM_SANITIZED)
  EXPECT_LT(after - before, 16 * 1024);
#endif
}

}  // namespace
}  // namespace pcsim
