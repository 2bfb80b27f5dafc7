#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pcsim {

/// How the certificate authority of one installation is found or made.
struct CaOptions {
  /// Where the authority is kept. With `ephemeral`, where only the public
  /// ca.pem and ca.p12 are written (nothing is written when it is empty).
  std::filesystem::path state_dir;
  /// Keep every private key in memory only.
  bool ephemeral = false;
  /// Host names and IP addresses to serve besides the built-in ones.
  std::vector<std::string> extra_hosts;
  /// The current time, in seconds since the epoch.
  std::int64_t now_unix = 0;
};

/// What a TLS server and its clients need.
struct CertificateBundle {
  std::string leaf_key_pem;
  /// The leaf, then the intermediate.
  std::string leaf_chain_pem;
  std::string root_pem;
  /// Absolute path of ca.pem, empty when it was not written.
  std::string ca_file;
  /// Absolute path of ca.p12 (password `changeit`), empty when not written.
  std::string trust_store_file;
  std::int64_t leaf_not_after = 0;
};

/// The names every authority is minted for, in the form hosts.txt has them.
const std::vector<std::string>& default_certificate_hosts();

/// A certificate authority minted for one installation. The root key signs
/// one name-constrained intermediate and is then destroyed. Thread safe.
class CertificateAuthority {
 public:
  /// Loads the authority in `state_dir`, minting it first when there is none.
  /// Null, and `error` set, on failure or when a host is not covered.
  static std::unique_ptr<CertificateAuthority> open(const CaOptions& options, std::string* error);

  /// Mints a new authority, replacing the one in `state_dir`.
  static std::unique_ptr<CertificateAuthority> mint(const CaOptions& options, std::string* error);

  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  /// A copy of the current material.
  CertificateBundle bundle() const;

  /// Issues a new leaf when less than a day is left. True when the leaf has
  /// changed, so that the caller must reload its TLS context; false with
  /// `error` non-empty when the renewal failed (the old leaf stays).
  bool renew_if_needed(std::int64_t now_unix, std::string* error = nullptr);

 private:
  struct Impl;
  explicit CertificateAuthority(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pcsim
