#include "codec/entra/client_assertion.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>

#include "codec/entra/form.h"
#include "pcsim/embedded.h"
#include "pcsim/ports.h"

namespace pcsim {
namespace {

std::string demo_pem() {
  return std::string{embedded_file("fixtures/worlds/demo_application.pem").value_or("")};
}

std::string signature_of(const std::string& text, bool pss) {
  const std::string pem = demo_pem();
  const std::unique_ptr<BIO, decltype(&BIO_free)> source{
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
      PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free};
  EVP_PKEY_CTX* padding = nullptr;
  EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, key.get());
  if (pss) {
    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST);
  }
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                 reinterpret_cast<const unsigned char*>(text.data()), text.size());
  signature.resize(size);
  return signature;
}

std::string token(const std::string& header, const std::string& claims, bool pss = false) {
  const std::string text = base64url(header) + "." + base64url(claims);
  return text + "." + base64url(signature_of(text, pss));
}

TEST(ClientAssertion, ReadsWhatItSays) {
  const auto read = decode_client_assertion(
      token(R"({"alg":"RS256","x5t":"a","x5t#S256":"b"})",
            R"({"iss":"i","sub":"s","aud":"u","exp":12,"nbf":3.5,"jti":"j"})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->thumbprint, "a");
  EXPECT_EQ(read->thumbprint_sha256, "b");
  EXPECT_EQ(read->issuer + read->subject + read->audience, "isu");
  EXPECT_EQ(read->expires, 12);
  EXPECT_EQ(read->not_before, 3);
}

TEST(ClientAssertion, BothAlgorithmsAndNoOther) {
  EXPECT_TRUE(signed_by(*decode_client_assertion(token(R"({"alg":"RS256"})", "{}")), demo_pem()));
  EXPECT_TRUE(
      signed_by(*decode_client_assertion(token(R"({"alg":"PS256"})", "{}", true)), demo_pem()));
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"HS256"})", R"({"alg":"PS256"})", "{}"}) {
    EXPECT_FALSE(signed_by(*decode_client_assertion(token(header, "{}")), demo_pem())) << header;
  }
}

TEST(ClientAssertion, AChangedByteIsNoticed) {
  const std::string good = token(R"({"alg":"RS256"})", R"({"sub":"somebody"})");
  IdSource ids{7};
  for (int round = 0; round < 200; ++round) {
    std::string bad = good;
    const std::size_t at = ids.next() % (bad.size() - 2);
    bad[at] = bad[at] == 'A' ? 'B' : 'A';
    const auto read = decode_client_assertion(bad);
    EXPECT_FALSE(read && signed_by(*read, demo_pem())) << at;
  }
}

TEST(ClientAssertion, WhatIsNone) {
  for (const char* text : {"", ".", "..", "a.b", "e30.e30", "e30.e30.e30.e30", "e30.W10.e30",
                           "W10.e30.e30", "e30.!.e30"}) {
    EXPECT_FALSE(decode_client_assertion(text)) << text;
  }
  EXPECT_FALSE(decode_client_assertion("e30." + std::string(20'000, 'A') + ".e30"));
  const auto empty = decode_client_assertion("e30.e30.e30");
  ASSERT_TRUE(empty);
  EXPECT_FALSE(signed_by(*empty, demo_pem()));
  EXPECT_FALSE(signed_by(*empty, "no certificate"));
}

TEST(ClientAssertion, TimesBeyondAllCalendarsAreNone) {
  const auto read =
      decode_client_assertion(token(R"({"alg":"RS256"})", R"({"exp":1e300,"nbf":"3"})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->expires, 0);
  EXPECT_EQ(read->not_before, 0);
}

TEST(ClientAssertion, CertificatesHaveDigests) {
  const auto digests = certificate_digests(demo_pem());
  ASSERT_TRUE(digests);
  EXPECT_EQ(digests->sha1.size(), 27U);
  EXPECT_EQ(digests->sha256.size(), 43U);
  EXPECT_FALSE(certificate_digests(""));
}

TEST(Pkce, ThePublishedExampleAndNoNeighbour) {
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const std::string challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  EXPECT_TRUE(verifier_fits(verifier, challenge, "S256"));
  EXPECT_FALSE(verifier_fits(verifier, challenge, "plain"));
  EXPECT_TRUE(verifier_fits(verifier, verifier, "plain"));
  IdSource ids{3};
  for (int round = 0; round < 200; ++round) {
    const std::string other = ids.hex(43);
    EXPECT_FALSE(verifier_fits(other, challenge, "S256"));
    EXPECT_TRUE(verifier_fits(other, other, "plain"));
  }
}

}  // namespace
}  // namespace pcsim
