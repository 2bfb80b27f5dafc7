#include "codec/entra/client_assertion.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "codec/entra/form.h"

namespace pcsim {
namespace {

using nlohmann::json;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* what) const {
    Free(what);
  }
};
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free>>;
using CertificatePtr = std::unique_ptr<X509, Freed<X509_free>>;
using DigestPtr = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

/// Longer ones are nobody's; decoding them would only cost.
constexpr std::size_t kMaxAssertion = 16'384;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

CertificatePtr certificate_of(const std::string& pem) {
  if (pem.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return nullptr;
  }
  const BioPtr source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CertificatePtr found(source ? PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr)
                              : nullptr);
  if (!found) {
    ERR_clear_error();
  }
  return found;
}

bool has_rsa_key(const X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  return key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
}

std::string digest_of(const X509* certificate, const EVP_MD* kind) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  return X509_digest(certificate, kind, bytes.data(), &size) == 1
             ? base64url({reinterpret_cast<const char*>(bytes.data()), size})
             : std::string{};
}

std::string text_of(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// A thumbprint; some libraries pad it.
std::string thumbprint_of(const json& header, const char* name) {
  std::string text = text_of(header, name);
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

std::int64_t seconds_of(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) {
    return 0;
  }
  constexpr double kLimit = 1e15;
  const double value = found->get<double>();
  return value > -kLimit && value < kLimit ? static_cast<std::int64_t>(value) : 0;
}

/// A part of the token as a JSON object; discarded when it is none.
json object_of(std::string_view part) {
  const auto text = base64_bytes(part);
  json object = text ? json::parse(*text, nullptr, false) : json(json::value_t::discarded);
  return object.is_object() ? object : json(json::value_t::discarded);
}

}  // namespace

std::optional<ClientAssertion> decode_client_assertion(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (token.size() > kMaxAssertion || first == std::string_view::npos || first == last ||
      token.find('.', first + 1) != last) {
    return std::nullopt;
  }
  const json header = object_of(token.substr(0, first));
  const json claims = object_of(token.substr(first + 1, last - first - 1));
  auto signature = base64_bytes(token.substr(last + 1));
  if (header.is_discarded() || claims.is_discarded() || !signature) {
    return std::nullopt;
  }
  return ClientAssertion{
      text_of(header, "alg"),    thumbprint_of(header, "x5t"),    thumbprint_of(header, "x5t#S256"),
      text_of(claims, "iss"),    text_of(claims, "sub"),    text_of(claims, "aud"),
      seconds_of(claims, "exp"), seconds_of(claims, "nbf"), std::string{token.substr(0, last)},
      *std::move(signature)};
}

bool signed_by(const ClientAssertion& assertion, const std::string& certificate_pem) {
  const bool pss = assertion.algorithm == "PS256";
  const CertificatePtr certificate = certificate_of(certificate_pem);
  if (!certificate || !has_rsa_key(certificate.get()) || (!pss && assertion.algorithm != "RS256")) {
    return false;
  }
  const DigestPtr context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;
  const bool ready =
      context &&
      EVP_DigestVerifyInit(context.get(), &padding, EVP_sha256(), nullptr,
                           X509_get0_pubkey(certificate.get())) == 1 &&
      (!pss || (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) == 1));
  const bool good =
      ready &&
      EVP_DigestVerify(context.get(), bytes_of(assertion.signature), assertion.signature.size(),
                       bytes_of(assertion.signed_text), assertion.signed_text.size()) == 1;
  if (!good) {
    ERR_clear_error();
  }
  return good;
}

std::optional<CertificateDigests> certificate_digests(const std::string& pem) {
  const CertificatePtr certificate = certificate_of(pem);
  if (!certificate || !has_rsa_key(certificate.get())) {
    return std::nullopt;
  }
  return CertificateDigests{digest_of(certificate.get(), EVP_sha1()),
                            digest_of(certificate.get(), EVP_sha256())};
}

bool verifier_fits(std::string_view verifier, std::string_view challenge, std::string_view method) {
  if (method == "plain") {
    return verifier == challenge;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  return EVP_Digest(verifier.data(), verifier.size(), bytes.data(), &size, EVP_sha256(), nullptr) ==
             1 &&
         base64url({reinterpret_cast<const char*>(bytes.data()), size}) == challenge;
}

}  // namespace pcsim
