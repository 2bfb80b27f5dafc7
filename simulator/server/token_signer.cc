#include "server/token_signer.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "server/base64url.h"
#include "server/secure_file.h"

namespace pcsim {
namespace {

using DigestPtr = std::unique_ptr<EVP_MD_CTX, OpenSslFree<EVP_MD_CTX_free>>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, OpenSslFree<EVP_PKEY_CTX_free>>;
using EcSignaturePtr = std::unique_ptr<ECDSA_SIG, OpenSslFree<ECDSA_SIG_free>>;

constexpr const char* kRsaFile = "token-signing.key";
constexpr const char* kEcFile = "token-signing-ec.key";
constexpr const char* kLockFile = "token-signing.lock";
constexpr int kRsaBits = 2048;
constexpr int kEcNumber = 32;  // bytes of r, s, x and y for P-256
constexpr std::size_t kEcSignature = 64;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kCertificateLifetime = kHour * 24 * 3650;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// A key with everything derived from it.
struct SigningKey {
  KeyPtr key;
  CertPtr cert;
  bool rsa = false;
  std::string header;  // the encoded protected header of its tokens
  std::string jwk;
};
using SigningKeyPtr = std::shared_ptr<const SigningKey>;

std::string encoded_number(const BIGNUM* number, int width) {
  std::string bytes(static_cast<std::size_t>(width), '\0');
  return BN_bn2binpad(number, bytes_of(bytes), width) == width ? base64url_encode(bytes)
                                                               : std::string();
}

/// A public number of the key in base64url; `width` 0 for the shortest form.
std::string key_parameter(EVP_PKEY* key, const char* name, int width) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &raw) != 1)
    return {};
  const NumberPtr number(raw);
  return encoded_number(raw, width != 0 ? width : BN_num_bytes(raw));
}

CertPtr self_signed(EVP_PKEY* key, std::int64_t now) {
  CertPtr cert(X509_new());
  if (!cert || X509_set_version(cert.get(), 2) != 1)
    return nullptr;
  X509_NAME* name = X509_get_subject_name(cert.get());
  const bool ok =
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                 bytes_of(std::string_view("pcsim token signing")), -1, -1,
                                 0) == 1 &&
      X509_set_issuer_name(cert.get(), name) == 1 &&
      ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1) == 1 &&
      X509_set_pubkey(cert.get(), key) == 1 &&
      ASN1_TIME_set(X509_getm_notBefore(cert.get()), now - kHour) != nullptr &&
      ASN1_TIME_set(X509_getm_notAfter(cert.get()), now + kCertificateLifetime) != nullptr &&
      X509_sign(cert.get(), key, EVP_sha256()) > 0;
  return ok ? std::move(cert) : nullptr;
}

/// Derives identifiers, header and JWK; null for a key of the wrong kind.
SigningKeyPtr describe(KeyPtr key, CertPtr cert, bool rsa) {
  if (!key || !cert || EVP_PKEY_get_base_id(key.get()) != (rsa ? EVP_PKEY_RSA : EVP_PKEY_EC) ||
      X509_check_private_key(cert.get(), key.get()) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  unsigned char* raw = nullptr;
  const int size = i2d_X509(cert.get(), &raw);
  if (size <= 0)
    return nullptr;
  const std::string der(reinterpret_cast<char*>(raw), static_cast<std::size_t>(size));
  OPENSSL_free(raw);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned digest_size = 0;
  if (X509_digest(cert.get(), EVP_sha1(), digest.data(), &digest_size) != 1)
    return nullptr;
  const std::string id =
      base64url_encode({reinterpret_cast<const char*>(digest.data()), digest_size});

  std::string numbers;
  for (const char* which : {rsa ? "n" : "x", rsa ? "e" : "y"}) {
    const std::string value =
        rsa ? key_parameter(key.get(), which, 0)
            : key_parameter(key.get(),
                            *which == 'x' ? OSSL_PKEY_PARAM_EC_PUB_X : OSSL_PKEY_PARAM_EC_PUB_Y,
                            kEcNumber);
    if (value.empty())
      return nullptr;
    numbers += std::string(",\"") + which + "\":\"" + value + "\"";
  }
  auto result = std::make_shared<SigningKey>();
  const std::string alg = rsa ? "RS256" : "ES256";
  result->header = base64url_encode(R"({"typ":"JWT","alg":")" + alg + R"(","x5t":")" + id +
                                    R"(","kid":")" + id + R"("})");
  result->jwk = std::string(R"({"kty":")") + (rsa ? R"(RSA")" : R"(EC","crv":"P-256")") +
                R"(,"use":"sig","alg":")" + alg + R"(","kid":")" + id + R"(","x5t":")" + id + "\"" +
                numbers + R"(,"x5c":[")" + base64_encode(der) + R"("]})";
  result->key = std::move(key);
  result->cert = std::move(cert);
  result->rsa = rsa;
  return result;
}

/// DER to the fixed-width r || s of RFC 7518 section 3.4.
std::string raw_ec_signature(const std::string& der) {
  const unsigned char* at = bytes_of(std::string_view(der));
  const EcSignaturePtr pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  std::string raw(kEcSignature, '\0');
  const bool ok =
      pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes_of(raw), kEcNumber) == kEcNumber &&
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes_of(raw) + kEcNumber, kEcNumber) == kEcNumber;
  return ok ? raw : std::string();
}

std::string der_ec_signature(const std::string& raw) {
  if (raw.size() != kEcSignature)
    return {};
  const unsigned char* data = bytes_of(std::string_view(raw));
  const EcSignaturePtr pair(ECDSA_SIG_new());
  NumberPtr r(BN_bin2bn(data, kEcNumber, nullptr));
  NumberPtr s(BN_bin2bn(data + kEcNumber, kEcNumber, nullptr));
  if (!pair || !r || !s)
    return {};
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0)
    return {};
  std::string result(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return result;
}

std::string make_signature(const SigningKey& key, std::string_view input) {
  const DigestPtr context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes_of(input), input.size()) != 1) {
    return {};
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(input), input.size()) !=
      1) {
    return {};
  }
  signature.resize(size);
  return key.rsa ? signature : raw_ec_signature(signature);
}

bool check_signature(const SigningKey& key, std::string_view input, const std::string& raw) {
  const std::string signature = key.rsa ? raw : der_ec_signature(raw);
  const DigestPtr context(EVP_MD_CTX_new());
  const bool ok =
      context && !signature.empty() &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(std::string_view(signature)), signature.size(),
                       bytes_of(input), input.size()) == 1;
  if (!ok)
    ERR_clear_error();
  return ok;
}

int continue_unless_stopped(EVP_PKEY_CTX* context) {
  const auto* stop = static_cast<const std::atomic<bool>*>(EVP_PKEY_CTX_get_app_data(context));
  return stop->load() ? 0 : 1;
}

KeyPtr generate_rsa(std::atomic<bool>* stop) {
  const KeyContextPtr context(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_keygen_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), kRsaBits) != 1) {
    return nullptr;
  }
  EVP_PKEY_CTX_set_app_data(context.get(), stop);
  EVP_PKEY_CTX_set_cb(context.get(), continue_unless_stopped);
  return KeyPtr(EVP_PKEY_keygen(context.get(), &key) == 1 ? key : nullptr);
}

/// The first requests should not wait for a key they do not need. On Linux a priority belongs to
/// the thread; where it cannot be lowered, nothing is lost but time.
void yield_to_requests() {
  constexpr int kLow = 10;
  ::pthread_setname_np(::pthread_self(), "pcsim-rsa-key");
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLow);
}

SigningKeyPtr load_key(const std::filesystem::path& file, bool rsa, std::string* error) {
  const auto text = read_file(file, error);
  if (!text)
    return nullptr;
  SigningKeyPtr key = describe(key_from_pem(*text), certificate_from_pem(*text), rsa);
  if (!key && error != nullptr) {
    *error = file.string() + " does not hold a token signing key; remove it to have a new one made";
  }
  return key;
}

bool save_key(const std::filesystem::path& file, const SigningKey& key, std::string* error) {
  return write_file_atomic(file, to_pem(key.key.get()) + to_pem(key.cert.get()), 0600, error);
}

}  // namespace

struct TokenSigner::Impl {
  std::optional<std::filesystem::path> dir;
  std::int64_t now = 0;
  SigningKeyPtr ec;  // set once, before any other thread runs
  mutable std::mutex mutex;
  std::condition_variable changed;
  SigningKeyPtr rsa;             // guarded by mutex
  bool finished = false;         // guarded by mutex
  std::string background_error;  // guarded by mutex
  std::atomic<bool> stop{false};
  std::thread worker;

  bool prepare(std::string* error);
  void generate();
  SigningKeyPtr keep(SigningKeyPtr fresh, std::string* error) const;
  SigningKeyPtr current_rsa() const {
    const std::scoped_lock guard(mutex);
    return rsa;
  }
};

/// Loads what is there and makes sure of the EC key.
bool TokenSigner::Impl::prepare(std::string* error) {
  std::optional<FileLock> guard;
  if (dir) {
    if (!ensure_directory(*dir, error) || !(guard = FileLock::acquire(*dir / kLockFile, error))) {
      return false;
    }
    if (file_exists(*dir / kRsaFile)) {
      rsa = load_key(*dir / kRsaFile, true, error);
      if (!rsa)
        return false;
      finished = true;
    }
    if (file_exists(*dir / kEcFile)) {
      ec = load_key(*dir / kEcFile, false, error);
      return ec != nullptr;
    }
  }
  KeyPtr key = new_ec_key();
  CertPtr cert = key ? self_signed(key.get(), now) : nullptr;
  ec = describe(std::move(key), std::move(cert), false);
  if (!ec) {
    ERR_clear_error();
    if (error != nullptr)
      *error = "cannot generate the ES256 token signing key";
    return false;
  }
  return !dir || save_key(*dir / kEcFile, *ec, error);
}

/// Keeps a new RSA key, unless another process has kept one meanwhile: then
/// that one is used, so that both publish the same keys.
SigningKeyPtr TokenSigner::Impl::keep(SigningKeyPtr fresh, std::string* error) const {
  if (!dir)
    return fresh;
  const auto guard = FileLock::acquire(*dir / kLockFile, error);
  if (!guard)
    return fresh;
  if (file_exists(*dir / kRsaFile)) {
    SigningKeyPtr other = load_key(*dir / kRsaFile, true, error);
    return other ? other : fresh;
  }
  save_key(*dir / kRsaFile, *fresh, error);
  return fresh;
}

void TokenSigner::Impl::generate() {
  std::string error;
  KeyPtr key = generate_rsa(&stop);
  CertPtr cert = key ? self_signed(key.get(), now) : nullptr;
  SigningKeyPtr fresh = describe(std::move(key), std::move(cert), true);
  if (fresh) {
    fresh = keep(std::move(fresh), &error);
  } else {
    error = "cannot generate the RS256 token signing key";
  }
  {
    const std::scoped_lock guard(mutex);
    rsa = std::move(fresh);
    background_error = std::move(error);
    finished = true;
  }
  changed.notify_all();
}

TokenSigner::TokenSigner(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TokenSigner::~TokenSigner() {
  impl_->stop = true;
  if (impl_->worker.joinable())
    impl_->worker.join();
}

std::unique_ptr<TokenSigner> TokenSigner::start(
    const std::optional<std::filesystem::path>& state_dir, std::int64_t now_unix,
    std::string* error) {
  auto impl = std::make_unique<Impl>();
  impl->dir = state_dir;
  impl->now = now_unix;
  if (!impl->prepare(error))
    return nullptr;
  std::unique_ptr<TokenSigner> signer(new TokenSigner(std::move(impl)));
  Impl* shared = signer->impl_.get();
  if (shared->rsa)
    return signer;
  try {
    shared->worker = std::thread([shared] {
      yield_to_requests();
      shared->generate();
    });
  } catch (const std::system_error&) {
    shared->generate();  // no thread to be had: take the time here
  }
  return signer;
}

std::string TokenSigner::sign(std::string_view claims_json) const {
  const SigningKeyPtr rsa = impl_->current_rsa();
  const SigningKey& key = rsa ? *rsa : *impl_->ec;
  std::string token = key.header + "." + base64url_encode(claims_json);
  const std::string signature = make_signature(key, token);
  if (signature.empty())
    return {};
  token += "." + base64url_encode(signature);
  return token;
}

std::string TokenSigner::jwks() const {
  const SigningKeyPtr rsa = impl_->current_rsa();
  return R"({"keys":[)" + (rsa ? rsa->jwk + "," : std::string()) + impl_->ec->jwk + "]}";
}

/// The header of a token must be, byte for byte, the one a key here puts on
/// its tokens. That ties `kid` to `alg` and leaves no header to interpret.
bool TokenSigner::verify(std::string_view token, std::string* claims_json) const {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string_view::npos || first == last)
    return false;
  const std::string_view header = token.substr(0, first);
  const SigningKeyPtr rsa = impl_->current_rsa();
  const SigningKey* key = nullptr;
  if (header == impl_->ec->header)
    key = impl_->ec.get();
  if (rsa && header == rsa->header)
    key = rsa.get();
  if (key == nullptr)
    return false;
  auto claims = base64url_decode(token.substr(first + 1, last - first - 1));
  const auto signature = base64url_decode(token.substr(last + 1));
  if (!claims || !signature || !check_signature(*key, token.substr(0, last), *signature)) {
    return false;
  }
  if (claims_json != nullptr)
    *claims_json = *std::move(claims);
  return true;
}

bool TokenSigner::wait_for_rs256() {
  std::unique_lock guard(impl_->mutex);
  impl_->changed.wait(guard, [this] { return impl_->finished; });
  return impl_->rsa != nullptr;
}

std::string TokenSigner::background_error() const {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->background_error;
}

}  // namespace pcsim
