#pragma once

#include <openssl/ssl.h>

#include <mutex>
#include <set>

namespace pcsim {

/// The open TLS connections of a server, so that a stop need not wait until idle clients leave.
/// Thread-safe.
class OpenConnections {
 public:
  /// Follows the connections of `context`, which must not outlive this object.
  void follow(SSL_CTX& context);

  /// Ends the reading side of every connection, now and for those to come: an answer under way
  /// still goes out, no further request comes in.
  void hang_up();

 private:
  static void on_event(const SSL* connection, int where, int value);
  static void on_free(void* parent, void* self, CRYPTO_EX_DATA* data, int index, long number,
                      void* pointer);
  static int slot();

  void add(int socket);
  void remove(int socket);

  std::mutex mutex_;
  std::set<int> sockets_;
  bool closing_ = false;
};

}  // namespace pcsim
