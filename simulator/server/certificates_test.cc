#include "server/certificates.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

#include "server/secure_file.h"

namespace pcsim {
namespace {

constexpr std::int64_t kNow = 1'790'000'000;
constexpr std::int64_t kDay = 86'400;

class CertificatesTest : public testing::Test {
 protected:
  CertificatesTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "pcsim-ca-XXXXXX").string();
    base_ = ::mkdtemp(pattern.data());
    options_.state_dir = base_ / "state";
    options_.now_unix = kNow;
  }
  ~CertificatesTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(base_, ignored);
  }

  std::unique_ptr<CertificateAuthority> open() {
    auto authority = CertificateAuthority::open(options_, &error_);
    EXPECT_NE(authority, nullptr) << error_;
    return authority;
  }
  std::string file(const char* name) const {
    return read_file(options_.state_dir / name, nullptr).value_or("");
  }
  mode_t mode(const char* name) const {
    struct stat info {};
    EXPECT_EQ(::stat((options_.state_dir / name).c_str(), &info), 0) << name;
    return info.st_mode & 07777U;
  }

  std::filesystem::path base_;
  CaOptions options_;
  std::string error_;
};

std::string intermediate_of(const std::string& chain) {
  const std::size_t second = chain.find("-----BEGIN", 1);
  return second == std::string::npos ? std::string() : chain.substr(second);
}

/// The OpenSSL verdict on a leaf presented for `host`.
int verdict(const CertificateBundle& bundle, X509* leaf, const std::string& host,
            std::int64_t now = kNow) {
  const CertPtr root = certificate_from_pem(bundle.root_pem);
  const CertPtr intermediate = certificate_from_pem(intermediate_of(bundle.leaf_chain_pem));
  X509_STORE* store = X509_STORE_new();
  X509_STORE_add_cert(store, root.get());
  STACK_OF(X509)* untrusted = sk_X509_new_null();
  sk_X509_push(untrusted, intermediate.get());
  X509_STORE_CTX* context = X509_STORE_CTX_new();
  X509_STORE_CTX_init(context, store, leaf, untrusted);
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(parameters, now);
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
  if (X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) != 1) {
    X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), 0);
  }
  X509_verify_cert(context);
  const int result = X509_STORE_CTX_get_error(context);
  X509_STORE_CTX_free(context);
  sk_X509_free(untrusted);
  X509_STORE_free(store);
  ERR_clear_error();
  return result;
}

int verdict(const CertificateBundle& bundle, const std::string& host, std::int64_t now = kNow) {
  const CertPtr leaf = certificate_from_pem(bundle.leaf_chain_pem);
  return verdict(bundle, leaf.get(), host, now);
}

/// What somebody who stole the intermediate key could make.
CertPtr forge(const CertificateBundle& bundle, const std::string& key_pem,
              const std::string& name) {
  const KeyPtr key = key_from_pem(key_pem);
  const CertPtr issuer = certificate_from_pem(intermediate_of(bundle.leaf_chain_pem));
  CertPtr cert(X509_new());
  X509_set_version(cert.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 7);
  X509_set_issuer_name(cert.get(), X509_get_subject_name(issuer.get()));
  X509_NAME_add_entry_by_txt(X509_get_subject_name(cert.get()), "O", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("forged"), -1, -1, 0);
  X509_set_pubkey(cert.get(), key.get());
  ASN1_TIME_set(X509_getm_notBefore(cert.get()), kNow - kDay);
  ASN1_TIME_set(X509_getm_notAfter(cert.get()), kNow + kDay);
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer.get(), cert.get(), nullptr, nullptr, 0);
  for (const auto& [nid, value] :
       std::vector<std::pair<int, std::string>>{{NID_subject_key_identifier, "hash"},
                                                {NID_authority_key_identifier, "keyid:always"},
                                                {NID_subject_alt_name, name}}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    X509_add_ext(cert.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(cert.get(), key.get(), EVP_sha256());
  return cert;
}

TEST_F(CertificatesTest, ChainVerifiesForEveryServedName) {
  const CertificateBundle bundle = open()->bundle();
  for (const std::string& host : default_certificate_hosts()) {
    if (host.starts_with("*.")) {
      continue;  // OpenSSL clients take no wildcard directly below a top-level name
    }
    EXPECT_EQ(verdict(bundle, host), X509_V_OK) << host;
  }
  EXPECT_EQ(verdict(bundle, "example.com"), X509_V_ERR_HOSTNAME_MISMATCH);
  EXPECT_EQ(verdict(bundle, "127.0.0.1", kNow + 8 * kDay), X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_F(CertificatesTest, NameConstraintsBindTheIntermediate) {
  options_.extra_hosts = {"Sim.Internal.", "[2001:DB8::5]", "10.1.2.3"};
  const CertificateBundle bundle = open()->bundle();
  const std::string key = file("intermediate.key");
  for (const char* host : {"sim.internal", "2001:db8::5", "10.1.2.3"}) {
    EXPECT_EQ(verdict(bundle, host), X509_V_OK) << host;
  }
  const auto forged = [&](const std::string& kind, const std::string& host) {
    return verdict(bundle, forge(bundle, key, kind + host).get(), host);
  };
  EXPECT_EQ(forged("DNS:", "api.partnercenter.microsoft.com"), X509_V_OK);
  EXPECT_EQ(forged("IP:", "127.9.9.9"), X509_V_OK);
  EXPECT_EQ(forged("DNS:", "example.com"), X509_V_ERR_PERMITTED_VIOLATION);
  EXPECT_EQ(forged("DNS:", "www.microsoft.com"), X509_V_ERR_PERMITTED_VIOLATION);
  EXPECT_EQ(forged("IP:", "10.1.2.4"), X509_V_ERR_PERMITTED_VIOLATION);
  EXPECT_EQ(forged("IP:", "::2"), X509_V_ERR_PERMITTED_VIOLATION);
}

TEST_F(CertificatesTest, CertificatesHaveTheirProfiles) {
  const CertificateBundle bundle = open()->bundle();
  const CertPtr leaf = certificate_from_pem(bundle.leaf_chain_pem);
  const CertPtr intermediate = certificate_from_pem(file("intermediate.pem"));
  for (const int nid : {NID_name_constraints, NID_basic_constraints, NID_key_usage}) {
    const int at = X509_get_ext_by_NID(intermediate.get(), nid, -1);
    ASSERT_GE(at, 0);
    EXPECT_EQ(X509_EXTENSION_get_critical(X509_get_ext(intermediate.get(), at)), 1);
  }
  EXPECT_EQ(X509_get_pathlen(intermediate.get()), 0);
  EXPECT_EQ(X509_get_key_usage(intermediate.get()),
            static_cast<std::uint32_t>(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  EXPECT_EQ(X509_get_extended_key_usage(leaf.get()), static_cast<std::uint32_t>(XKU_SSL_SERVER));
  EXPECT_EQ(EVP_PKEY_get_base_id(X509_get0_pubkey(leaf.get())), EVP_PKEY_EC);
  int days = 0;
  int seconds = 0;
  ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(leaf.get()), X509_get0_notAfter(leaf.get()));
  EXPECT_LT(days, 7);
  EXPECT_GT(bundle.leaf_not_after, kNow + 6 * kDay);
}

TEST_F(CertificatesTest, FilesHaveTheirModesAndNoRootKeyIsKept) {
  open();
  for (const char* name : {"intermediate.key", "leaf.key"})
    EXPECT_EQ(mode(name), 0600U) << name;
  for (const char* name : {"ca.pem", "ca.p12"})
    EXPECT_EQ(mode(name), 0644U) << name;
  const CertPtr root = certificate_from_pem(file("ca.pem"));
  for (const char* name : {"intermediate.key", "leaf.key"}) {
    const KeyPtr key = key_from_pem(file(name));
    ASSERT_NE(key, nullptr);
    EXPECT_NE(EVP_PKEY_eq(key.get(), X509_get0_pubkey(root.get())), 1);
  }
  for (const auto& entry : std::filesystem::directory_iterator(options_.state_dir)) {
    const std::string name = entry.path().filename().string();
    const bool is_key = read_file(entry.path(), nullptr)->find("PRIVATE KEY") != std::string::npos;
    EXPECT_EQ(is_key, name == "intermediate.key" || name == "leaf.key") << name;
  }
}

TEST_F(CertificatesTest, ReloadKeepsEverything) {
  const CertificateBundle first = open()->bundle();
  const CertificateBundle second = open()->bundle();
  EXPECT_EQ(first.root_pem, second.root_pem);
  EXPECT_EQ(first.leaf_chain_pem, second.leaf_chain_pem);
  EXPECT_EQ(first.leaf_key_pem, second.leaf_key_pem);
  EXPECT_EQ(first.ca_file, (options_.state_dir / "ca.pem").string());
  EXPECT_EQ(file("ca.pem"), first.root_pem);
}

TEST_F(CertificatesTest, LeafIsRenewedUnderTheSameRoot) {
  const auto authority = open();
  const CertificateBundle first = authority->bundle();
  EXPECT_FALSE(authority->renew_if_needed(kNow + 5 * kDay, &error_));
  EXPECT_TRUE(authority->renew_if_needed(kNow + 6 * kDay, &error_)) << error_;
  const CertificateBundle second = authority->bundle();
  EXPECT_NE(first.leaf_chain_pem, second.leaf_chain_pem);
  EXPECT_EQ(first.root_pem, second.root_pem);
  EXPECT_EQ(verdict(second, "localhost", kNow + 10 * kDay), X509_V_OK);
  options_.now_unix = kNow + 6 * kDay + 60;
  EXPECT_EQ(open()->bundle().leaf_chain_pem, second.leaf_chain_pem);
  options_.now_unix = kNow + 30 * kDay;
  EXPECT_EQ(verdict(open()->bundle(), "localhost", kNow + 33 * kDay), X509_V_OK);
  EXPECT_FALSE(authority->renew_if_needed(kNow + 4000 * kDay, &error_));
  EXPECT_NE(error_.find("has expired"), std::string::npos) << error_;
}

TEST_F(CertificatesTest, HostItWasNotMintedForIsRefused) {
  const std::string root = open()->bundle().root_pem;
  options_.extra_hosts = {"sim.internal"};
  EXPECT_EQ(CertificateAuthority::open(options_, &error_), nullptr);
  const std::string dir = options_.state_dir.string();
  EXPECT_EQ(error_, "the certificate authority in " + dir +
                        " was not minted for sim.internal; mint a new one with: pcsim ca mint "
                        "--state-dir " +
                        dir + " --host sim.internal");
  EXPECT_EQ(file("ca.pem"), root);
  ASSERT_NE(CertificateAuthority::mint(options_, &error_), nullptr) << error_;
  const CertificateBundle minted = open()->bundle();
  EXPECT_NE(minted.root_pem, root);
  EXPECT_EQ(verdict(minted, "sim.internal"), X509_V_OK);
  EXPECT_NE(file("hosts.txt").find("sim.internal\n"), std::string::npos);
}

TEST_F(CertificatesTest, NameBelowAMintedOneNeedsNoNewAuthority) {
  const std::string root = open()->bundle().root_pem;
  options_.extra_hosts = {"a.b.localhost", "127.0.0.7"};
  const CertificateBundle bundle = open()->bundle();
  EXPECT_EQ(bundle.root_pem, root);
  EXPECT_EQ(verdict(bundle, "a.b.localhost"), X509_V_OK);
  EXPECT_EQ(verdict(bundle, "127.0.0.7"), X509_V_OK);
}

TEST_F(CertificatesTest, MalformedHostsAreRefused) {
  for (const char* host : {"", "a b", "a,permitted;DNS:com", "*", "a..b", "x\n", "10.0.0.0/8"}) {
    options_.extra_hosts = {host};
    EXPECT_EQ(CertificateAuthority::open(options_, &error_), nullptr) << host;
  }
}

TEST_F(CertificatesTest, TrustStoreHoldsOnlyTheRoot) {
  const CertificateBundle bundle = open()->bundle();
  const std::string bytes = read_file(bundle.trust_store_file, &error_).value_or("");
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  PKCS12* store = d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size()));
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(PKCS12_verify_mac(store, "changeit", -1), 1);
  EVP_PKEY* key = nullptr;
  X509* cert = nullptr;
  STACK_OF(X509)* others = nullptr;
  EXPECT_EQ(PKCS12_parse(store, "changeit", &key, &cert, &others), 1);
  EXPECT_EQ(key, nullptr);
  EXPECT_EQ(cert, nullptr);
  ASSERT_EQ(sk_X509_num(others), 1);
  EXPECT_EQ(to_pem(sk_X509_value(others, 0)), bundle.root_pem);
  sk_X509_pop_free(others, X509_free);
  PKCS12_free(store);
}

TEST_F(CertificatesTest, EphemeralWritesOnlyPublicFiles) {
  options_.ephemeral = true;
  const CertificateBundle bundle = open()->bundle();
  EXPECT_EQ(verdict(bundle, "localhost"), X509_V_OK);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(options_.state_dir)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"ca.p12", "ca.pem"}));
  options_.state_dir.clear();
  EXPECT_EQ(open()->bundle().ca_file, "");
}

TEST_F(CertificatesTest, EphemeralLeavesAKeptAuthorityAlone) {
  const std::string root = open()->bundle().root_pem;
  options_.ephemeral = true;
  EXPECT_EQ(CertificateAuthority::open(options_, &error_), nullptr);
  EXPECT_EQ(file("ca.pem"), root);
}

TEST_F(CertificatesTest, DamageIsReportedOrMended) {
  const CertificateBundle first = open()->bundle();
  ASSERT_TRUE(write_file_atomic(options_.state_dir / "leaf.key", "garbage", 0600, &error_));
  const CertificateBundle second = open()->bundle();
  EXPECT_EQ(second.root_pem, first.root_pem);
  EXPECT_EQ(verdict(second, "localhost"), X509_V_OK);
  ASSERT_TRUE(write_file_atomic(options_.state_dir / "intermediate.key", "", 0600, &error_));
  EXPECT_EQ(CertificateAuthority::open(options_, &error_), nullptr);
  EXPECT_NE(error_.find("is damaged; mint a new one with"), std::string::npos) << error_;
}

TEST_F(CertificatesTest, ConcurrentStartsAgree) {
  std::vector<std::string> roots(12);
  std::vector<std::thread> threads;
  threads.reserve(roots.size());
  for (std::string& root : roots) {
    threads.emplace_back([this, &root] {
      std::string error;
      const auto authority = CertificateAuthority::open(options_, &error);
      root = authority ? authority->bundle().root_pem + authority->bundle().leaf_chain_pem : error;
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  for (const std::string& root : roots)
    EXPECT_EQ(root, roots.front());
  EXPECT_TRUE(roots.front().starts_with("-----BEGIN")) << roots.front();
}

}  // namespace
}  // namespace pcsim
