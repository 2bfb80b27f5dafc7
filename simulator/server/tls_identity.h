#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "server/certificates.h"
#include "server/log.h"

namespace pcsim {

/// The certificate a TLS server shows. It is looked up at each handshake and renewed there when
/// the clock says so, so that a server that runs for weeks never shows an expired one.
/// Thread-safe.
class TlsIdentity {
 public:
  /// `clock` gives microseconds since 1970. The references must outlive the object.
  TlsIdentity(CertificateAuthority& authority, std::function<std::int64_t()> clock, Log& log);
  ~TlsIdentity();
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

  /// Makes handshakes of `context` show the certificate of the moment, from TLS 1.2 on.
  /// The context must not outlive this object.
  void install(SSL_CTX& context);

 private:
  struct Material;

  std::shared_ptr<const Material> current();
  void renew();
  static int choose(SSL* connection, void* self);

  CertificateAuthority& authority_;
  std::function<std::int64_t()> clock_;
  Log& log_;
  std::mutex mutex_;
  std::shared_ptr<const Material> material_;
  std::string last_failure_;
};

}  // namespace pcsim
