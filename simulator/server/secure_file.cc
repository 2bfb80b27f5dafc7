#include "server/secure_file.h"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <ctime>
#include <system_error>
#include <utility>

namespace pcsim {
namespace {

void set_error(std::string* error, const std::string& action, const std::filesystem::path& path,
               int code) {
  if (error == nullptr)
    return;
  *error = "cannot " + action + " " + path.string() + ": " + std::generic_category().message(code);
}

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t n = ::write(fd, content.data(), content.size());
    if (n < 0) {
      if (errno == EINTR)
        continue;
      return false;
    }
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpenSslFree<ASN1_OBJECT_free>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, OpenSslFree<PKCS12_free>>;

int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

std::string openssl_error(const std::string& action) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
  ERR_clear_error();
  return "cannot " + action + ": " + reason.data();
}

std::string bio_text(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string to_pem(X509* cert) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_X509(bio.get(), cert) == 1 ? bio_text(bio.get()) : std::string();
}

std::string to_pem(EVP_PKEY* key) {
  const BioPtr bio(BIO_new(BIO_s_secmem()));
  const bool ok = bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr,
                                                       nullptr) == 1;
  return ok ? bio_text(bio.get()) : std::string();
}

CertPtr certificate_from_pem(std::string_view pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  CertPtr cert(bio ? PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
  ERR_clear_error();
  return cert;
}

KeyPtr key_from_pem(std::string_view pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyPtr key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
  ERR_clear_error();
  return key;
}

KeyPtr new_ec_key() { return KeyPtr(EVP_EC_gen("P-256")); }

std::int64_t unix_time(const ASN1_TIME* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? static_cast<std::int64_t>(timegm(&parts)) : 0;
}

std::string java_trust_store(X509* root) {
  constexpr const char* kTrustedKeyUsage = "2.16.840.1.113894.746875.1.1";
  const ObjectPtr any_usage(OBJ_txt2obj("2.5.29.37.0", 1));
  STACK_OF(PKCS12_SAFEBAG)* bags = nullptr;
  STACK_OF(PKCS7)* safes = nullptr;
  PKCS12_SAFEBAG* bag = PKCS12_add_cert(&bags, root);
  const bool ok =
      bag != nullptr && any_usage && PKCS12_add_friendlyname_utf8(bag, "pcsim", -1) == 1 &&
      PKCS12_add1_attr_by_txt(bag, kTrustedKeyUsage, V_ASN1_OBJECT,
                              reinterpret_cast<const unsigned char*>(any_usage.get()), -1) == 1 &&
      PKCS12_add_safe(&safes, bags, -1, 0, nullptr) == 1;
  const Pkcs12Ptr store(ok ? PKCS12_add_safes(safes, 0) : nullptr);
  sk_PKCS7_pop_free(safes, PKCS7_free);
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  // The format wants a checksum under the password; the password is public, so that repeating the
  // derivation would only cost time at the first start.
  constexpr int kOnce = 1;
  if (!store || PKCS12_set_mac(store.get(), "changeit", -1, nullptr, 0, kOnce, EVP_sha256()) != 1) {
    return {};
  }
  const BioPtr bio(BIO_new(BIO_s_mem()));
  return bio && i2d_PKCS12_bio(bio.get(), store.get()) == 1 ? bio_text(bio.get()) : std::string();
}

bool write_file_atomic(const std::filesystem::path& path, std::string_view content, mode_t mode,
                       std::string* error) {
  std::string temporary = path.string() + ".XXXXXX";
  const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) {
    set_error(error, "write", path, errno);
    return false;
  }
  bool ok = write_all(fd, content) && ::fchmod(fd, mode) == 0;
  int code = ok ? 0 : errno;
  if (::close(fd) != 0 && ok) {
    ok = false;
    code = errno;
  }
  if (ok && ::rename(temporary.c_str(), path.c_str()) != 0) {
    ok = false;
    code = errno;
  }
  if (!ok) {
    ::unlink(temporary.c_str());
    set_error(error, "write", path, code);
  }
  return ok;
}

std::optional<std::string> read_file(const std::filesystem::path& path, std::string* error) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    set_error(error, "read", path, errno);
    return std::nullopt;
  }
  std::string content;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_error(error, "read", path, errno);
      ::close(fd);
      return std::nullopt;
    }
    if (n == 0)
      break;
    content.append(buffer.data(), static_cast<std::size_t>(n));
  }
  ::close(fd);
  return content;
}

bool file_exists(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

bool ensure_directory(const std::filesystem::path& dir, std::string* error) {
  std::error_code code;
  std::filesystem::create_directories(dir, code);
  if (code || !std::filesystem::is_directory(dir, code)) {
    set_error(error, "create directory", dir, code ? code.value() : ENOTDIR);
    return false;
  }
  return true;
}

std::optional<FileLock> FileLock::acquire(const std::filesystem::path& path, std::string* error) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    set_error(error, "lock", path, errno);
    return std::nullopt;
  }
  while (::flock(fd, LOCK_EX) != 0) {
    if (errno == EINTR)
      continue;
    set_error(error, "lock", path, errno);
    ::close(fd);
    return std::nullopt;
  }
  return FileLock(fd);
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileLock::~FileLock() {
  if (fd_ >= 0)
    ::close(fd_);
}

}  // namespace pcsim
