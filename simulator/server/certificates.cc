#include "server/certificates.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "server/secure_file.h"
#include "server/shell_text.h"

namespace pcsim {
namespace {

namespace fs = std::filesystem;

using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpenSslFree<X509_EXTENSION_free>>;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kLeafLifetime = 7 * kDay;
constexpr std::int64_t kAuthorityLifetime = 1825 * kDay;
constexpr std::int64_t kRenewBefore = kDay;
constexpr mode_t kPrivate = 0600;
constexpr mode_t kPublic = 0644;

bool fail(std::string* error, const std::string& text) {
  if (error != nullptr)
    *error = text;
  return false;
}

/// The 4 or 16 bytes of an IP address literal; nothing for a name.
std::optional<std::string> ip_bytes(const std::string& host) {
  std::string bytes(16, '\0');
  if (inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1)
    return bytes;
  bytes.resize(4);
  if (inet_pton(AF_INET, host.c_str(), bytes.data()) == 1)
    return bytes;
  return std::nullopt;
}

bool is_dns_name(std::string_view name) {
  if (name.starts_with("*."))
    name.remove_prefix(2);
  if (name.empty() || name.size() > 253)
    return false;
  std::size_t label = 0;
  for (const char c : name) {
    if (c == '.') {
      if (label == 0)
        return false;
      label = 0;
      continue;
    }
    const bool allowed = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    if (!allowed || ++label > 63)
      return false;
  }
  return label > 0;
}

/// Lower case, without brackets or a final dot; IP addresses in short form.
std::optional<std::string> normalise_host(std::string host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (const auto bytes = ip_bytes(host)) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = bytes->size() == 4 ? AF_INET : AF_INET6;
    inet_ntop(family, bytes->data(), text.data(), static_cast<socklen_t>(text.size()));
    return std::string(text.data());
  }
  if (!host.empty() && host.back() == '.')
    host.pop_back();
  std::transform(host.begin(), host.end(), host.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  if (!is_dns_name(host))
    return std::nullopt;
  return host;
}

std::string constraint_base(const std::string& host) {
  return host.starts_with("*.") ? host.substr(2) : host;
}

/// Whether an intermediate minted for `minted` may vouch for `host`.
bool is_covered(const std::string& host, const std::vector<std::string>& minted) {
  if (std::find(minted.begin(), minted.end(), host) != minted.end())
    return true;
  if (const auto bytes = ip_bytes(host))
    return bytes->size() == 4 && bytes->front() == 127;
  const std::string name = constraint_base(host);
  return std::any_of(minted.begin(), minted.end(), [&](const std::string& entry) {
    const std::string base = constraint_base(entry);
    return !ip_bytes(base) && (name == base || name.ends_with("." + base));
  });
}

std::vector<std::string> merged(std::vector<std::string> hosts,
                                const std::vector<std::string>& more) {
  for (const std::string& host : more) {
    if (std::find(hosts.begin(), hosts.end(), host) == hosts.end())
      hosts.push_back(host);
  }
  return hosts;
}

bool add_extension(X509* cert, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(cert, extension.get(), -1) == 1;
}

/// The value of the name constraints extension. Hosts have been normalised,
/// so that none of them holds a character with a meaning of its own here.
std::string name_constraints(const std::vector<std::string>& hosts) {
  constexpr const char* kExact6 = "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  std::string text = "critical,permitted;IP:127.0.0.0/255.0.0.0";
  std::vector<std::string> done = {"127.0.0.1"};
  for (const std::string& host : hosts) {
    const std::string base = constraint_base(host);
    if (std::find(done.begin(), done.end(), base) != done.end())
      continue;
    done.push_back(base);
    const auto bytes = ip_bytes(base);
    text += (bytes ? ",permitted;IP:" : ",permitted;DNS:") + base;
    if (bytes)
      text += bytes->size() == 4 ? "/255.255.255.255" : kExact6;
  }
  return text;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
  std::string text;
  for (const std::string& host : hosts) {
    text += (text.empty() ? "" : ",") + std::string(ip_bytes(host) ? "IP:" : "DNS:") + host;
  }
  return text;
}

bool set_random_serial(X509* cert) {
  const NumberPtr number(BN_new());
  return number && BN_rand(number.get(), 126, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(cert)) != nullptr;
}

/// A certificate with everything but its extensions and its signature.
CertPtr draft(const std::string& common_name, EVP_PKEY* key, X509* issuer, std::int64_t not_before,
              std::int64_t not_after) {
  CertPtr cert(X509_new());
  if (!cert || X509_set_version(cert.get(), 2) != 1 || !set_random_serial(cert.get()))
    return nullptr;
  X509_NAME* name = X509_get_subject_name(cert.get());
  const auto add = [name](const char* field, const std::string& value) {
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1,
                                      0) == 1;
  };
  const bool ok =
      add("O", "pcsim") && add("CN", common_name) &&
      X509_set_issuer_name(cert.get(), issuer ? X509_get_subject_name(issuer) : name) == 1 &&
      X509_set_pubkey(cert.get(), key) == 1 &&
      ASN1_TIME_set(X509_getm_notBefore(cert.get()), not_before) != nullptr &&
      ASN1_TIME_set(X509_getm_notAfter(cert.get()), not_after) != nullptr &&
      add_extension(cert.get(), issuer, NID_subject_key_identifier, "hash") &&
      (issuer == nullptr ||
       add_extension(cert.get(), issuer, NID_authority_key_identifier, "keyid:always"));
  return ok ? std::move(cert) : nullptr;
}

bool sign(X509* cert, EVP_PKEY* key) { return X509_sign(cert, key, EVP_sha256()) > 0; }

std::string mint_command(const fs::path& dir, const std::vector<std::string>& hosts) {
  std::string text = "mint a new one with: pcsim ca mint --state-dir " + shell_word(dir.string());
  for (const std::string& host : hosts)
    text += " --host " + shell_word(host);
  return text;
}

}  // namespace

const std::vector<std::string>& default_certificate_hosts() {
  static const std::vector<std::string> hosts = {"api.partnercenter.microsoft.com",
                                                 "api.partner.microsoft.com",
                                                 "login.microsoftonline.com",
                                                 "login.microsoft.com",
                                                 "login.windows.net",
                                                 "sts.windows.net",
                                                 "management.azure.com",
                                                 "management.core.windows.net",
                                                 "graph.windows.net",
                                                 "localhost",
                                                 "*.localhost",
                                                 "127.0.0.1",
                                                 "::1"};
  return hosts;
}

struct CertificateAuthority::Impl {
  fs::path dir;
  bool ephemeral = false;
  std::vector<std::string> requested;  // extra hosts, normalised
  std::vector<std::string> minted;     // what the intermediate may vouch for
  std::string intermediate_pem;
  CertPtr intermediate;
  KeyPtr intermediate_key;
  CertificateBundle bundle;
  mutable std::mutex mutex;

  bool configure(const CaOptions& options, std::string* error);
  bool mint(std::int64_t now, std::string* error);
  bool make_chain(std::int64_t now, std::string* error);
  bool save(std::string* error);
  bool load(std::string* error);
  bool check_hosts(std::string* error) const;
  bool ensure_leaf(std::int64_t now, std::string* error);
  bool adopt_leaf(const std::string& chain_pem, const std::string& key_pem, std::int64_t now);
  bool issue_leaf(std::int64_t now, std::string* error);
  bool stored() const { return !ephemeral; }
  std::optional<FileLock> lock(std::string* error) const {
    return FileLock::acquire(dir / "certificates.lock", error);
  }
};

bool CertificateAuthority::Impl::configure(const CaOptions& options, std::string* error) {
  ephemeral = options.ephemeral;
  for (const std::string& host : options.extra_hosts) {
    auto name = normalise_host(host);
    if (!name)
      return fail(error, "'" + host + "' is not a host name or an IP address");
    requested.push_back(*std::move(name));
  }
  if (options.state_dir.empty()) {
    return ephemeral || fail(error, "no state directory was given");
  }
  std::error_code code;
  dir = fs::absolute(options.state_dir, code);
  if (code)
    return fail(error, "cannot resolve " + options.state_dir.string());
  if (!ensure_directory(dir, error))
    return false;
  if (ephemeral && file_exists(dir / "intermediate.key")) {
    return fail(error, "refusing to overwrite the certificate authority in " + dir.string() +
                           " with an ephemeral one");
  }
  bundle.ca_file = (dir / "ca.pem").string();
  bundle.trust_store_file = (dir / "ca.p12").string();
  return true;
}

bool CertificateAuthority::Impl::make_chain(std::int64_t now, std::string* error) {
  std::uint32_t id = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&id), sizeof id);
  const std::string suffix = " " + std::to_string(id);
  const std::int64_t from = now - kHour;
  const std::int64_t until = now + kAuthorityLifetime;
  const KeyPtr root_key = new_ec_key();  // lives only in this function
  KeyPtr key = new_ec_key();
  if (!root_key || !key)
    return fail(error, openssl_error("generate a key"));
  const CertPtr root = draft("pcsim root" + suffix, root_key.get(), nullptr, from, until);
  if (!root ||
      !add_extension(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:1") ||
      !add_extension(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !sign(root.get(), root_key.get())) {
    return fail(error, openssl_error("make the root certificate"));
  }
  CertPtr cert = draft("pcsim intermediate" + suffix, key.get(), root.get(), from, until);
  if (!cert ||
      !add_extension(cert.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension(cert.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(cert.get(), root.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(cert.get(), root.get(), NID_name_constraints, name_constraints(minted)) ||
      !sign(cert.get(), root_key.get())) {
    return fail(error, openssl_error("make the intermediate certificate"));
  }
  bundle.root_pem = to_pem(root.get());
  intermediate_pem = to_pem(cert.get());
  intermediate = std::move(cert);
  intermediate_key = std::move(key);
  return true;
}

bool CertificateAuthority::Impl::mint(std::int64_t now, std::string* error) {
  minted = merged(default_certificate_hosts(), requested);
  return make_chain(now, error) && save(error) && issue_leaf(now, error);
}

/// ca.pem goes first and comes last: while it is missing there is no
/// authority, so an interrupted mint is simply done again.
bool CertificateAuthority::Impl::save(std::string* error) {
  if (dir.empty())
    return true;
  const CertPtr root = certificate_from_pem(bundle.root_pem);
  const std::string store = root ? java_trust_store(root.get()) : std::string();
  if (store.empty())
    return fail(error, openssl_error("make the trust store"));
  if (stored()) {
    std::error_code ignored;
    for (const char* name : {"ca.pem", "leaf.pem", "leaf.key"})
      fs::remove(dir / name, ignored);
    std::string hosts;
    for (const std::string& host : minted)
      hosts += host + "\n";
    if (!write_file_atomic(dir / "intermediate.key", to_pem(intermediate_key.get()), kPrivate,
                           error) ||
        !write_file_atomic(dir / "intermediate.pem", intermediate_pem, kPublic, error) ||
        !write_file_atomic(dir / "hosts.txt", hosts, kPublic, error)) {
      return false;
    }
  }
  return write_file_atomic(dir / "ca.p12", store, kPublic, error) &&
         write_file_atomic(dir / "ca.pem", bundle.root_pem, kPublic, error);
}

bool CertificateAuthority::Impl::load(std::string* error) {
  const auto root_text = read_file(dir / "ca.pem", error);
  const auto cert_text = root_text ? read_file(dir / "intermediate.pem", error) : std::nullopt;
  const auto key_text = cert_text ? read_file(dir / "intermediate.key", error) : std::nullopt;
  const auto hosts = key_text ? read_file(dir / "hosts.txt", error) : std::nullopt;
  if (!hosts) {
    if (error != nullptr)
      *error += "; " + mint_command(dir, requested);
    return false;
  }
  bundle.root_pem = *root_text;
  intermediate_pem = *cert_text;
  intermediate = certificate_from_pem(*cert_text);
  intermediate_key = key_from_pem(*key_text);
  const CertPtr root = certificate_from_pem(*root_text);
  if (!root || !intermediate || !intermediate_key ||
      X509_check_private_key(intermediate.get(), intermediate_key.get()) != 1 ||
      X509_verify(intermediate.get(), X509_get0_pubkey(root.get())) != 1) {
    ERR_clear_error();
    return fail(error, "the certificate authority in " + dir.string() + " is damaged; " +
                           mint_command(dir, requested));
  }
  for (std::size_t at = 0; at < hosts->size();) {
    const std::size_t end = std::min(hosts->find('\n', at), hosts->size());
    if (auto host = normalise_host(hosts->substr(at, end - at)))
      minted.push_back(*std::move(host));
    at = end + 1;
  }
  return file_exists(dir / "ca.p12") ||
         write_file_atomic(dir / "ca.p12", java_trust_store(root.get()), kPublic, error);
}

bool CertificateAuthority::Impl::check_hosts(std::string* error) const {
  std::string missing;
  for (const std::string& host : requested) {
    if (is_covered(host, minted))
      continue;
    missing += (missing.empty() ? "" : ", ") + host;
  }
  return missing.empty() ||
         fail(error, "the certificate authority in " + dir.string() + " was not minted for " +
                         missing + "; " + mint_command(dir, requested));
}

bool CertificateAuthority::Impl::adopt_leaf(const std::string& chain_pem,
                                            const std::string& key_pem, std::int64_t now) {
  const CertPtr leaf = certificate_from_pem(chain_pem);
  const KeyPtr key = key_from_pem(key_pem);
  if (!leaf || !key || X509_check_private_key(leaf.get(), key.get()) != 1 ||
      X509_verify(leaf.get(), X509_get0_pubkey(intermediate.get())) != 1) {
    ERR_clear_error();
    return false;
  }
  const std::int64_t not_after = unix_time(X509_get0_notAfter(leaf.get()));
  if (unix_time(X509_get0_notBefore(leaf.get())) > now || not_after - now < kRenewBefore)
    return false;
  for (const std::string& host : requested) {
    const bool wildcard = host.starts_with("*.");
    const std::string name = wildcard ? "any" + host.substr(1) : host;
    const int match = ip_bytes(name)
                          ? X509_check_ip_asc(leaf.get(), name.c_str(), 0)
                          : X509_check_host(leaf.get(), name.data(), name.size(), 0, nullptr);
    if (match != 1)
      return false;
  }
  bundle.leaf_chain_pem = to_pem(leaf.get()) + intermediate_pem;
  bundle.leaf_key_pem = key_pem;
  bundle.leaf_not_after = not_after;
  return true;
}

bool CertificateAuthority::Impl::issue_leaf(std::int64_t now, std::string* error) {
  const std::int64_t last = unix_time(X509_get0_notAfter(intermediate.get()));
  const std::int64_t first = unix_time(X509_get0_notBefore(intermediate.get()));
  if (last - now < kRenewBefore) {
    return fail(error, "the certificate authority in " + dir.string() + " has expired; " +
                           mint_command(dir, requested));
  }
  const std::int64_t from = std::max(now - kHour, first);
  const std::int64_t until = std::min(from + kLeafLifetime - 1, last);
  const KeyPtr key = new_ec_key();
  const CertPtr leaf =
      key ? draft("pcsim server", key.get(), intermediate.get(), from, until) : nullptr;
  if (!leaf ||
      !add_extension(leaf.get(), intermediate.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(leaf.get(), intermediate.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(leaf.get(), intermediate.get(), NID_ext_key_usage, "serverAuth") ||
      !add_extension(leaf.get(), intermediate.get(), NID_subject_alt_name,
                     alternative_names(merged(minted, requested))) ||
      !sign(leaf.get(), intermediate_key.get())) {
    return fail(error, openssl_error("make the server certificate"));
  }
  const std::string key_pem = to_pem(key.get());
  const std::string chain_pem = to_pem(leaf.get()) + intermediate_pem;
  if (stored() && (!write_file_atomic(dir / "leaf.key", key_pem, kPrivate, error) ||
                   !write_file_atomic(dir / "leaf.pem", chain_pem, kPublic, error))) {
    return false;
  }
  bundle.leaf_key_pem = key_pem;
  bundle.leaf_chain_pem = chain_pem;
  bundle.leaf_not_after = until;
  return true;
}

bool CertificateAuthority::Impl::ensure_leaf(std::int64_t now, std::string* error) {
  if (stored()) {
    const auto chain_pem = read_file(dir / "leaf.pem", nullptr);
    const auto key_pem = read_file(dir / "leaf.key", nullptr);
    if (chain_pem && key_pem && adopt_leaf(*chain_pem, *key_pem, now))
      return true;
  }
  return issue_leaf(now, error);
}

CertificateAuthority::CertificateAuthority(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CertificateAuthority::~CertificateAuthority() = default;

std::unique_ptr<CertificateAuthority> CertificateAuthority::open(const CaOptions& options,
                                                                 std::string* error) {
  if (options.ephemeral)
    return mint(options, error);
  auto impl = std::make_unique<Impl>();
  if (!impl->configure(options, error))
    return nullptr;
  const auto guard = impl->lock(error);
  if (!guard)
    return nullptr;
  const std::int64_t now = options.now_unix;
  const bool ok =
      file_exists(impl->dir / "ca.pem")
          ? impl->load(error) && impl->check_hosts(error) && impl->ensure_leaf(now, error)
          : impl->mint(now, error);
  if (!ok)
    return nullptr;
  return std::unique_ptr<CertificateAuthority>(new CertificateAuthority(std::move(impl)));
}

std::unique_ptr<CertificateAuthority> CertificateAuthority::mint(const CaOptions& options,
                                                                 std::string* error) {
  auto impl = std::make_unique<Impl>();
  if (!impl->configure(options, error))
    return nullptr;
  std::optional<FileLock> guard;
  if (impl->stored() && !(guard = impl->lock(error)))
    return nullptr;
  if (!impl->mint(options.now_unix, error))
    return nullptr;
  return std::unique_ptr<CertificateAuthority>(new CertificateAuthority(std::move(impl)));
}

CertificateBundle CertificateAuthority::bundle() const {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->bundle;
}

bool CertificateAuthority::renew_if_needed(std::int64_t now_unix, std::string* error) {
  const std::scoped_lock guard(impl_->mutex);
  if (error != nullptr)
    error->clear();
  if (impl_->bundle.leaf_not_after - now_unix >= kRenewBefore)
    return false;
  std::optional<FileLock> file_guard;
  if (impl_->stored() && !(file_guard = impl_->lock(error)))
    return false;
  return impl_->ensure_leaf(now_unix, error);
}

}  // namespace pcsim
