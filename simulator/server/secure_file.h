#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pcsim {

/// Deleter for OpenSSL objects.
template <auto Free>
struct OpenSslFree {
  template <typename T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, OpenSslFree<BN_free>>;
using BioPtr = std::unique_ptr<BIO, OpenSslFree<BIO_free>>;

/// "cannot ACTION: REASON" with the reason OpenSSL recorded last.
std::string openssl_error(const std::string& action);

/// The bytes a memory BIO holds.
std::string bio_text(BIO* bio);

/// PEM text of a certificate or of an unencrypted PKCS#8 key; empty on failure.
std::string to_pem(X509* cert);
std::string to_pem(EVP_PKEY* key);

/// The first certificate or private key in PEM text; null when there is none.
CertPtr certificate_from_pem(std::string_view pem);
KeyPtr key_from_pem(std::string_view pem);

/// A new P-256 key; null on failure.
KeyPtr new_ec_key();

/// Seconds since the epoch; 0 for a malformed time.
std::int64_t unix_time(const ASN1_TIME* time);

/// A PKCS#12 file that Java takes for a trust store, with the password
/// `changeit`; empty on failure. Java wants the trusted key usage attribute;
/// the certificate is public, so it is not encrypted.
std::string java_trust_store(X509* root);

/// Replaces `path` in one step: readers see the old content or the new one,
/// never a mixture. The temporary file is 0600 from its creation and gets
/// `mode` before it takes the final name. The parent directory must exist.
bool write_file_atomic(const std::filesystem::path& path, std::string_view content, mode_t mode,
                       std::string* error);

/// Reads a whole file; nothing, and `error` set, when that is impossible.
std::optional<std::string> read_file(const std::filesystem::path& path, std::string* error);

/// Whether there is anything at `path`; never throws.
bool file_exists(const std::filesystem::path& path);

/// Creates `dir` and its parents when missing.
bool ensure_directory(const std::filesystem::path& dir, std::string* error);

/// An exclusive advisory lock on a file, held until destruction. Serialises
/// processes, and threads of one process, that share a state directory.
class FileLock {
 public:
  /// Waits for the lock; nothing, and `error` set, when it cannot be had.
  static std::optional<FileLock> acquire(const std::filesystem::path& path, std::string* error);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace pcsim
