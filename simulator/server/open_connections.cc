#include "server/open_connections.h"

#include <sys/socket.h>

namespace pcsim {

int OpenConnections::slot() {
  static const int index =
      SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, &OpenConnections::on_free);
  return index;
}

void OpenConnections::follow(SSL_CTX& context) {
  SSL_CTX_set_app_data(&context, this);
  SSL_CTX_set_info_callback(&context, &OpenConnections::on_event);
}

void OpenConnections::on_event(const SSL* connection, int where, int /*value*/) {
  if ((where & SSL_CB_HANDSHAKE_START) == 0 || SSL_get_ex_data(connection, slot()) != nullptr) {
    return;
  }
  auto* self = static_cast<OpenConnections*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
  // The library hands the connection over as constant; its own slot is ours to set.
  SSL_set_ex_data(const_cast<SSL*>(connection), slot(), self);
  self->add(SSL_get_fd(connection));
}

void OpenConnections::on_free(void* parent, void* self, CRYPTO_EX_DATA* /*data*/, int /*index*/,
                              long /*number*/, void* /*pointer*/) {
  if (self != nullptr) {
    // The socket is closed after its connection is freed, so the number is still ours.
    static_cast<OpenConnections*>(self)->remove(SSL_get_fd(static_cast<SSL*>(parent)));
  }
}

void OpenConnections::add(int socket) {
  const std::scoped_lock lock{mutex_};
  sockets_.insert(socket);
  if (closing_) {
    ::shutdown(socket, SHUT_RD);
  }
}

void OpenConnections::remove(int socket) {
  const std::scoped_lock lock{mutex_};
  sockets_.erase(socket);
}

void OpenConnections::hang_up() {
  const std::scoped_lock lock{mutex_};
  closing_ = true;
  for (const int socket : sockets_) {
    ::shutdown(socket, SHUT_RD);
  }
}

}  // namespace pcsim
