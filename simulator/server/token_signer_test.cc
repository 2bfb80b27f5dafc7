#include "server/token_signer.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <thread>
#include <vector>

#include "server/base64url.h"
#include "server/secure_file.h"

namespace pcsim {
namespace {

constexpr std::int64_t kNow = 1'790'000'000;
constexpr const char* kClaims = R"({"iss":"https://sts.windows.net/x/","exp":1790003600})";

class TokenSignerTest : public testing::Test {
 protected:
  TokenSignerTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pcsim-jwt-XXXXXX").string();
    dir_ = ::mkdtemp(pattern.data());
  }
  ~TokenSignerTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }
  std::filesystem::path dir_;
  std::string error_;
};

std::string header_of(const std::string& token) {
  return base64url_decode(token.substr(0, token.find('.'))).value_or("");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Base64UrlTest, RoundTripsAndRefusesOtherForms) {
  EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
  EXPECT_EQ(base64_encode("\xfb\xff"), "+/8=");
  EXPECT_EQ(base64url_decode("-_8"), "\xfb\xff");
  EXPECT_EQ(base64url_decode(""), "");
  for (const char* text : {"-_8=", "+/8", "A", "-_9", "a b", "AAAAA"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
}

TEST_F(TokenSignerTest, RoundTripsWithBothAlgorithms) {
  const auto signer = TokenSigner::start(std::nullopt, kNow, &error_);
  ASSERT_NE(signer, nullptr) << error_;
  const std::string early = signer->sign(kClaims);
  ASSERT_TRUE(signer->wait_for_rs256());
  const std::string late = signer->sign(kClaims);
  EXPECT_TRUE(has(header_of(early), R"("alg":"ES256")"));
  EXPECT_TRUE(header_of(late).starts_with(R"({"typ":"JWT","alg":"RS256","x5t":")"));
  for (const std::string& token : {early, late}) {
    std::string claims;
    EXPECT_TRUE(signer->verify(token, &claims));
    EXPECT_EQ(claims, kClaims);
    EXPECT_TRUE(signer->verify(token, nullptr));
  }
  const std::string keys = signer->jwks();
  EXPECT_TRUE(has(keys, R"("kty":"RSA")"));
  EXPECT_TRUE(has(keys, R"("kty":"EC")"));
  EXPECT_TRUE(has(keys, R"("e":"AQAB")"));
}

TEST_F(TokenSignerTest, EveryChangedCharacterIsNoticed) {
  const auto signer = TokenSigner::start(std::nullopt, kNow, &error_);
  ASSERT_NE(signer, nullptr) << error_;
  std::vector<std::string> tokens = {signer->sign(kClaims)};
  ASSERT_TRUE(signer->wait_for_rs256());
  tokens.push_back(signer->sign(kClaims));
  for (const std::string& token : tokens) {
    for (std::size_t i = 0; i < token.size(); ++i) {
      std::string changed = token;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      EXPECT_FALSE(signer->verify(changed, nullptr)) << i;
      EXPECT_FALSE(signer->verify(token.substr(0, i), nullptr)) << i;
    }
    EXPECT_FALSE(signer->verify(token + "A", nullptr));
    EXPECT_FALSE(signer->verify(token + ".", nullptr));
  }
  const std::string& early = tokens[0];
  const std::string& late = tokens[1];
  const std::string mixed = early.substr(0, early.find('.')) + late.substr(late.find('.'));
  EXPECT_FALSE(signer->verify(mixed, nullptr));
}

TEST_F(TokenSignerTest, UnsignedAndMislabelledTokensAreRefused) {
  const auto signer = TokenSigner::start(std::nullopt, kNow, &error_);
  ASSERT_TRUE(signer->wait_for_rs256());
  const std::string token = signer->sign(kClaims);
  const std::string rest = token.substr(token.find('.'));
  const std::string body = rest.substr(0, rest.rfind('.') + 1);
  const std::string none = base64url_encode(R"({"typ":"JWT","alg":"none"})");
  EXPECT_FALSE(signer->verify(none + body, nullptr));
  EXPECT_FALSE(signer->verify(none + rest, nullptr));
  for (const char* alg : {"none", "HS256", "ES256", "RS384"}) {
    std::string header = header_of(token);
    header.replace(header.find("RS256"), 5, alg);
    EXPECT_FALSE(signer->verify(base64url_encode(header) + rest, nullptr)) << alg;
    EXPECT_FALSE(signer->verify(base64url_encode(header) + body, nullptr)) << alg;
  }
  for (const char* junk : {"", ".", "..", "...", "a.b.c", "\xff\xfe.\x01.\x02", "{}"}) {
    EXPECT_FALSE(signer->verify(junk, nullptr));
  }
  const auto other = TokenSigner::start(std::nullopt, kNow, &error_);
  EXPECT_FALSE(other->verify(token, nullptr));
}

TEST_F(TokenSignerTest, TokensSurviveARestart) {
  auto signer = TokenSigner::start(dir_ / "state", kNow, &error_);
  ASSERT_NE(signer, nullptr) << error_;
  const std::string early = signer->sign(kClaims);
  ASSERT_TRUE(signer->wait_for_rs256());
  EXPECT_EQ(signer->background_error(), "");
  const std::string late = signer->sign(kClaims);
  const std::string keys = signer->jwks();
  signer = TokenSigner::start(dir_ / "state", kNow + 100'000, &error_);
  ASSERT_NE(signer, nullptr) << error_;
  EXPECT_TRUE(has(header_of(signer->sign("{}")), "RS256"));
  EXPECT_TRUE(signer->verify(early, nullptr));
  EXPECT_TRUE(signer->verify(late, nullptr));
  EXPECT_EQ(signer->jwks(), keys);
  for (const char* name : {"token-signing.key", "token-signing-ec.key"}) {
    struct stat info {};
    ASSERT_EQ(::stat((dir_ / "state" / name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 07777U, 0600U) << name;
  }
}

TEST_F(TokenSignerTest, SignersOnOneDirectoryAgree) {
  const auto first = TokenSigner::start(dir_, kNow, &error_);
  const auto second = TokenSigner::start(dir_, kNow, &error_);
  ASSERT_TRUE(first->wait_for_rs256());
  ASSERT_TRUE(second->wait_for_rs256());
  EXPECT_EQ(first->jwks(), second->jwks());
  EXPECT_TRUE(second->verify(first->sign(kClaims), nullptr));
}

TEST_F(TokenSignerTest, DamagedKeyFilesAreReported) {
  for (const char* name : {"token-signing.key", "token-signing-ec.key"}) {
    const auto dir = dir_ / name;
    ASSERT_TRUE(ensure_directory(dir, &error_));
    ASSERT_TRUE(write_file_atomic(dir / name, "garbage", 0600, &error_));
    EXPECT_EQ(TokenSigner::start(dir, kNow, &error_), nullptr);
    EXPECT_TRUE(has(error_, "does not hold a token signing key")) << error_;
  }
}

TEST_F(TokenSignerTest, IsThreadSafeWhileTheKeyArrives) {
  const auto signer = TokenSigner::start(std::nullopt, kNow, &error_);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&signer] {
      for (int n = 0; n < 200; ++n)
        EXPECT_TRUE(signer->verify(signer->sign(kClaims), nullptr));
      EXPECT_FALSE(signer->jwks().empty());
    });
  }
  for (std::thread& thread : threads)
    thread.join();
}

}  // namespace
}  // namespace pcsim
