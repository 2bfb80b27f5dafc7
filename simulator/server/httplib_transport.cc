#include <httplib.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <memory>
#include <utility>

#include "server/transport.h"

namespace pcsim {
namespace {

struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

bool use_certificate(SSL_CTX& context, const CertificateBundle& bundle) {
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  const std::unique_ptr<BIO, BioFree> chain{BIO_new_mem_buf(
      bundle.leaf_chain_pem.data(), static_cast<int>(bundle.leaf_chain_pem.size()))};
  const std::unique_ptr<X509, decltype(&X509_free)> leaf{
      PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr), &X509_free};
  if (!leaf || SSL_CTX_use_certificate(&context, leaf.get()) != 1) {
    return false;
  }
  while (X509* issuer = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)) {
    SSL_CTX_add_extra_chain_cert(&context, issuer);
  }
  const std::unique_ptr<BIO, BioFree> key_text{
      BIO_new_mem_buf(bundle.leaf_key_pem.data(), static_cast<int>(bundle.leaf_key_pem.size()))};
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
      PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
  return key && SSL_CTX_use_PrivateKey(&context, key.get()) == 1;
}

class HttplibTransport : public Transport {
 public:
  HttplibTransport(HandleRequest handle, const CertificateBundle* tls)
      : handle_(std::move(handle)) {
    if (tls != nullptr) {
      server_ = std::make_unique<httplib::SSLServer>(
          [bundle = *tls](SSL_CTX& context) { return use_certificate(context, bundle); });
    } else {
      server_ = std::make_unique<httplib::Server>();
    }
    configure();
  }

  int bind(const std::string& host, int port) override {
    if (port == 0) {
      return server_->bind_to_any_port(host);
    }
    return server_->bind_to_port(host, port) ? port : -1;
  }

  void serve() override { server_->listen_after_bind(); }

  void stop() override { server_->stop(); }

 private:
  void configure() {
    server_->set_tcp_nodelay(true);
    server_->set_keep_alive_max_count(1'000'000);
    server_->set_keep_alive_timeout(5);
    server_->set_payload_max_length(4U * 1024U * 1024U);
    server_->new_task_queue = [] { return new httplib::ThreadPool(64); };
    // A request without a body never reaches the library's body reader, which would wait for one.
    server_->set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          const bool has_body =
              request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
          const bool may_have_body = request.method == "POST" || request.method == "PUT" ||
                                     request.method == "PATCH" || request.method == "DELETE";
          if (has_body && may_have_body) {
            return httplib::Server::HandlerResponse::Unhandled;
          }
          answer(request, response);
          return httplib::Server::HandlerResponse::Handled;
        });
    const auto answer_routed = [this](const httplib::Request& request,
                                      httplib::Response& response) { answer(request, response); };
    server_->Post(".*", answer_routed);
    server_->Put(".*", answer_routed);
    server_->Patch(".*", answer_routed);
    server_->Delete(".*", answer_routed);
  }

  void answer(const httplib::Request& from, httplib::Response& to) const {
    Request request{from.method, from.target, {}, from.body};
    for (const auto& [name, value] : from.headers) {
      if (name != "REMOTE_ADDR" && name != "REMOTE_PORT") {
        request.headers.add(name, value);
      }
    }
    Response response = handle_(request);
    to.status = response.status;
    std::string type;
    for (auto& [name, value] : response.headers.fields) {
      if (name == "Content-Type") {
        type = std::move(value);
      } else {
        to.set_header(name, value);
      }
    }
    if (!response.body.empty()) {
      to.set_content(std::move(response.body), type);
    }
  }

  HandleRequest handle_;
  std::unique_ptr<httplib::Server> server_;
};

}  // namespace

std::unique_ptr<Transport> make_httplib_transport(Transport::HandleRequest handle,
                                                  const CertificateBundle* tls) {
  return std::make_unique<HttplibTransport>(std::move(handle), tls);
}

}  // namespace pcsim
