#include "pcsim/simulator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <stdlib.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>

#include "domain/world.h"
#include "server/secure_file.h"
#include "server/system_clock.h"

namespace pcsim {
namespace {

using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

int port_of(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

X509_STORE* store_with(const std::string& pem) {
  X509_STORE* store = X509_STORE_new();
  X509_STORE_add_cert(store, certificate_from_pem(pem).get());
  return store;
}

/// A client that trusts the simulator's authority and nothing else.
std::unique_ptr<httplib::SSLClient> client_of(const Simulator& simulator) {
  auto client = std::make_unique<httplib::SSLClient>("localhost", port_of(simulator.base_url()));
  client->set_ca_cert_store(store_with(simulator.ca_pem()));
  client->enable_server_certificate_verification(true);
  client->set_read_timeout(60);
  return client;
}

std::string token_of(const Simulator& simulator) {
  const auto ready = nlohmann::json::parse(simulator.ready_json());
  const auto& application = ready["applications"][0];
  const auto answer = client_of(simulator)->Post(
      "/" + application["tenantId"].get<std::string>() + "/oauth2/token",
      httplib::Params{{"grant_type", "client_credentials"},
                      {"client_id", application["clientId"]},
                      {"client_secret", application["clientSecret"]},
                      {"resource", "https://api.partnercenter.microsoft.com"}});
  return answer && answer->status == 200
             ? nlohmann::json::parse(answer->body).value("access_token", "")
             : "";
}

int customers_status(const Simulator& simulator, const std::string& token) {
  const auto answer =
      client_of(simulator)->Get("/v1/customers", {{"Authorization", "Bearer " + token}});
  return answer ? answer->status : 0;
}

/// When the certificate that `simulator` shows expires, in seconds; 0 when a client whose clock
/// says `now` refuses it.
std::int64_t shown_until(const Simulator& simulator, std::int64_t now) {
  const std::unique_ptr<SSL_CTX, OpenSslFree<SSL_CTX_free>> context{
      SSL_CTX_new(TLS_client_method())};
  SSL_CTX_set_cert_store(context.get(), store_with(simulator.ca_pem()));
  X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(context.get()), now);
  const std::unique_ptr<BIO, OpenSslFree<BIO_free_all>> bio{BIO_new_ssl_connect(context.get())};
  SSL* connection = nullptr;
  BIO_get_ssl(bio.get(), &connection);
  SSL_set_tlsext_host_name(connection, "localhost");
  SSL_set1_host(connection, "localhost");
  BIO_set_conn_hostname(bio.get(), simulator.base_url().substr(8).c_str());
  if (BIO_do_connect(bio.get()) != 1 || SSL_get_verify_result(connection) != X509_V_OK) {
    return 0;
  }
  const CertPtr leaf{SSL_get1_peer_certificate(connection)};
  return unix_time(X509_get0_notAfter(leaf.get()));
}

class SimulatorTest : public testing::Test {
 protected:
  SimulatorTest() {
    // The clients here write to connections the simulator has closed.
    ::signal(SIGPIPE, SIG_IGN);
    std::string pattern = (std::filesystem::temp_directory_path() / "pcsim-run-XXXXXX").string();
    dir_ = ::mkdtemp(pattern.data());
  }
  ~SimulatorTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir_)) {
      if (entry.is_regular_file()) {
        names.push_back(entry.path().string());
      }
    }
    return names;
  }

  std::filesystem::path dir_;
};

TEST_F(SimulatorTest, TwoAtOnceAnswerAndKnowNothingOfEachOther) {
  Simulator first;
  Simulator second;
  const Started started = first.start();
  ASSERT_TRUE(started) << started.problem();
  ASSERT_TRUE(second.start());
  EXPECT_NE(first.base_url(), second.base_url());
  EXPECT_NE(first.control_token(), second.control_token());

  const std::string token = token_of(first);
  ASSERT_THAT(token, Not(IsEmpty()));
  EXPECT_EQ(customers_status(first, token), 200);
  EXPECT_EQ(customers_status(second, token), 401);
  EXPECT_EQ(customers_status(second, token_of(second)), 200);

  httplib::SSLClient stranger{"localhost", port_of(first.base_url())};
  stranger.set_ca_cert_store(store_with(second.ca_pem()));
  stranger.enable_server_certificate_verification(true);
  EXPECT_FALSE(stranger.Get("/")) << "the other simulator's authority must not vouch for this one";

  first.stop();
  EXPECT_EQ(first.base_url(), "");
  EXPECT_EQ(customers_status(second, token_of(second)), 200);
}

TEST_F(SimulatorTest, StartsAgainAfterAStop) {
  Simulator simulator;
  ASSERT_TRUE(simulator.start());
  EXPECT_EQ(simulator.start().problem(), "the simulator runs already; stop it first.");
  simulator.stop();
  simulator.stop();
  ASSERT_TRUE(simulator.start());
  EXPECT_EQ(customers_status(simulator, token_of(simulator)), 200);
}

TEST_F(SimulatorTest, AnIdleConnectionDoesNotDelayTheStop) {
  Simulator simulator;
  ASSERT_TRUE(simulator.start());
  const auto client = client_of(simulator);
  client->set_keep_alive(true);
  ASSERT_TRUE(client->Get("/"));
  const auto before = steady_clock::now();
  simulator.stop();
  EXPECT_LT(steady_clock::now() - before, std::chrono::milliseconds{2500});
}

TEST_F(SimulatorTest, TheProcessKeepsItsSignals) {
  struct sigaction before {};
  struct sigaction after {};
  struct sigaction theirs {};
  theirs.sa_handler = SIG_DFL;
  ::sigaction(SIGPIPE, &theirs, &before);
  sigset_t mask_before;
  sigset_t mask_after;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask_before);
  {
    Simulator simulator;
    ASSERT_TRUE(simulator.start());
    ::sigaction(SIGPIPE, nullptr, &after);
    pthread_sigmask(SIG_SETMASK, nullptr, &mask_after);
  }
  ::sigaction(SIGPIPE, &before, nullptr);
  EXPECT_EQ(after.sa_handler, SIG_DFL);
  for (const int signal : {SIGPIPE, SIGTERM, SIGINT}) {
    EXPECT_EQ(sigismember(&mask_before, signal), sigismember(&mask_after, signal)) << signal;
  }
}

TEST_F(SimulatorTest, ControlCanSteerOrBeLeftOut) {
  Simulator simulator;
  ASSERT_TRUE(simulator.start());
  httplib::Client control{simulator.control_url()};
  const auto health = control.Get("/health");
  ASSERT_TRUE(health);
  EXPECT_EQ(health->status, 200);
  const auto reset = control.Post("/universes/main/reset",
                                  {{"Authorization", "Bearer " + simulator.control_token()}}, "",
                                  "application/json");
  ASSERT_TRUE(reset);
  EXPECT_EQ(reset->status, 200);

  SimulatorOptions options;
  options.control = false;
  Simulator without{options};
  ASSERT_TRUE(without.start());
  EXPECT_EQ(without.control_url(), "");
  EXPECT_EQ(without.control_token(), "");
}

TEST_F(SimulatorTest, TheLeafIsRenewedWhileItRuns) {
  std::atomic<std::int64_t> now{system_now()};
  std::string lines;
  std::mutex mutex;
  SimulatorOptions options;
  options.state_dir = dir_.string();
  options.clock = [&now] { return now.load(); };
  options.log = [&](const std::string& line) {
    const std::scoped_lock lock{mutex};
    lines += line + "\n";
  };
  Simulator simulator{options};
  ASSERT_TRUE(simulator.start());
  const std::int64_t first = shown_until(simulator, now / kSecond);
  ASSERT_GT(first, now / kSecond);
  EXPECT_LE(first, now / kSecond + 7 * kDay / kSecond);
  now += 5 * kDay;
  EXPECT_EQ(shown_until(simulator, now / kSecond), first);
  for (int renewal = 0; renewal < 3; ++renewal) {
    now += 6 * kDay + kDay / 2;
    const std::int64_t later = shown_until(simulator, now / kSecond);
    EXPECT_GT(later, now / kSecond + 6 * kDay / kSecond) << renewal;
  }
  const std::scoped_lock lock{mutex};
  EXPECT_THAT(lines, HasSubstr("certificate renewed"));
}

TEST_F(SimulatorTest, WithoutAStateDirectoryNothingIsWritten) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(dir_);
  Simulator simulator;
  const Started started = simulator.start();
  std::filesystem::current_path(before);
  ASSERT_TRUE(started);
  EXPECT_THAT(simulator.ca_pem(), HasSubstr("BEGIN CERTIFICATE"));
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(SimulatorTest, AnEphemeralAuthorityLeavesNoKeyAndNothingAfterTheStop) {
  SimulatorOptions options;
  options.state_dir = dir_.string();
  options.ephemeral_ca = true;
  options.wait_for_rs256 = true;
  Simulator first{options};
  Simulator second{options};
  ASSERT_TRUE(first.start());
  ASSERT_TRUE(second.start());
  EXPECT_EQ(files().size(), 4U) << "ca.pem and ca.p12 of each";
  for (const std::string& file : files()) {
    EXPECT_THAT(read_file(file, nullptr).value_or(""), Not(HasSubstr("PRIVATE KEY"))) << file;
  }
  const auto ready = nlohmann::json::parse(first.ready_json());
  EXPECT_EQ(read_file(ready["caFile"].get<std::string>(), nullptr), first.ca_pem());
  first.stop();
  second.stop();
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(SimulatorTest, AStartThatFailsLeavesNoPortOpen) {
  Simulator holder;
  ASSERT_TRUE(holder.start());
  SimulatorOptions options;
  {
    Simulator scout;
    ASSERT_TRUE(scout.start());
    options.port = port_of(scout.base_url());
  }
  options.control_port = port_of(holder.control_url());
  Simulator simulator{options};
  EXPECT_THAT(simulator.start().problem(), HasSubstr("choose with --control HOST:PORT"));
  options.control_port = 0;
  Simulator next{options};
  const Started started = next.start();
  EXPECT_TRUE(started) << started.problem();
}

TEST_F(SimulatorTest, FailuresAreSentences) {
  Simulator holder;
  ASSERT_TRUE(holder.start());
  SimulatorOptions options;
  options.port = port_of(holder.base_url());
  EXPECT_THAT(Simulator{options}.start().problem(), HasSubstr("choose with --listen HOST:PORT"));

  options = {};
  options.world_text = "{\"partners\": 3}";
  EXPECT_EQ(Simulator{options}.start().problem(), "world:1: partners: must be an array");
  options.world_file = "x.json";
  EXPECT_THAT(Simulator{options}.start().problem(), HasSubstr("give one of them"));
  options.world_text = "";
  EXPECT_THAT(Simulator{options}.start().problem(), HasSubstr("cannot read x.json"));

  options = {};
  options.state_dir = dir_.string();
  ASSERT_TRUE(Simulator{options}.start());
  options.hosts = {"partner.example"};
  EXPECT_THAT(Simulator{options}.start().problem(),
              testing::EndsWith("mint a new one with: pcsim ca mint --state-dir " + dir_.string() +
                                " --host partner.example"));
}

TEST_F(SimulatorTest, TheSameSeedGivesTheSameIdentifiers) {
  const auto location = [](std::uint64_t seed) {
    SimulatorOptions options;
    options.seed = seed;
    Simulator simulator{options};
    EXPECT_TRUE(simulator.start());
    const auto answer = client_of(simulator)->Get("/v1/customers");
    return answer ? answer->get_header_value("MS-RequestId") : "";
  };
  EXPECT_EQ(location(7), location(7));
  EXPECT_NE(location(7), location(8));
}

TEST_F(SimulatorTest, TheLogTellsWhatHappenedAndNoSecret) {
  std::string lines;
  std::mutex mutex;
  SimulatorOptions options;
  options.log_level = LogLevel::Debug;
  options.host = "0.0.0.0";
  options.log = [&](const std::string& line) {
    EXPECT_TRUE(nlohmann::json::accept(line)) << line;
    const std::scoped_lock lock{mutex};
    lines += line + "\n";
  };
  Simulator simulator{options};
  ASSERT_TRUE(simulator.start());
  EXPECT_THAT(simulator.base_url(), testing::StartsWith("https://localhost:"));
  const std::string token = token_of(simulator);
  ASSERT_THAT(token, Not(IsEmpty()));
  EXPECT_EQ(customers_status(simulator, token), 200);
  EXPECT_TRUE(client_of(simulator)->Get("/v1/products?client_secret=fabrikam-secret"));
  const std::string control_token = simulator.control_token();
  simulator.stop();
  for (const char* event : {R"("event":"started")", R"("path":"/v1/customers","status":200)",
                            R"("event":"stopped")", "reachable from other machines"}) {
    EXPECT_THAT(lines, HasSubstr(event));
  }
  for (const std::string& secret :
       {token, control_token, std::string{"fabrikam-secret"}, std::string{"PRIVATE KEY"}}) {
    EXPECT_THAT(lines, Not(HasSubstr(secret)));
  }
}

TEST_F(SimulatorTest, TheLogLevelIsALimit) {
  int lines = 0;
  SimulatorOptions options;
  options.log_level = LogLevel::Error;
  options.host = "0.0.0.0";
  options.log = [&lines](const std::string&) { ++lines; };
  {
    Simulator simulator{options};
    ASSERT_TRUE(simulator.start());
  }
  EXPECT_EQ(lines, 0);
}

}  // namespace
}  // namespace pcsim
