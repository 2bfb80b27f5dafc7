#include "server/tls_identity.h"

#include <openssl/pem.h>

#include <utility>

#include "codec/time.h"
#include "server/secure_file.h"

namespace pcsim {

struct TlsIdentity::Material {
  CertPtr leaf{};
  KeyPtr key{};
  CertPtr intermediate{};
};

TlsIdentity::TlsIdentity(CertificateAuthority& authority, std::function<std::int64_t()> clock,
                         Log& log)
    : authority_(authority), clock_(std::move(clock)), log_(log) {}

TlsIdentity::~TlsIdentity() = default;

void TlsIdentity::renew() {
  std::string failure;
  const bool renewed = authority_.renew_if_needed(clock_() / kSecond, &failure);
  if (renewed) {
    material_.reset();
    log_.write(LogLevel::Info, "certificate renewed",
               {{"notAfter", to_iso(authority_.bundle().leaf_not_after * kSecond)}});
  } else if (!failure.empty() && failure != last_failure_) {
    log_.write(LogLevel::Error, "certificate not renewed", {{"reason", failure}});
  }
  last_failure_ = std::move(failure);
}

std::shared_ptr<const TlsIdentity::Material> TlsIdentity::current() {
  const std::scoped_lock lock{mutex_};
  renew();
  if (!material_) {
    const CertificateBundle bundle = authority_.bundle();
    auto fresh = std::make_shared<Material>();
    fresh->leaf = certificate_from_pem(bundle.leaf_chain_pem);
    fresh->key = key_from_pem(bundle.leaf_key_pem);
    const std::size_t second = bundle.leaf_chain_pem.find("-----BEGIN", 1);
    if (second != std::string::npos) {
      fresh->intermediate =
          certificate_from_pem(std::string_view{bundle.leaf_chain_pem}.substr(second));
    }
    material_ = std::move(fresh);
  }
  return material_;
}

int TlsIdentity::choose(SSL* connection, void* self) {
  const auto material = static_cast<TlsIdentity*>(self)->current();
  if (!material->leaf || !material->key || !material->intermediate) {
    return 0;
  }
  const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> chain{
      sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }};
  // The connection takes references of its own, so that a renewal meanwhile does not matter.
  return chain && sk_X509_push(chain.get(), material->intermediate.get()) > 0
             ? SSL_use_cert_and_key(connection, material->leaf.get(), material->key.get(),
                                    chain.get(), 1)
             : 0;
}

void TlsIdentity::install(SSL_CTX& context) {
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_cert_cb(&context, &TlsIdentity::choose, this);
}

}  // namespace pcsim
