#include "server/connection.h"

#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "server/http_answer.h"

namespace pcsim {
namespace {

constexpr std::size_t kReadSize = 16U * 1024U;
/// Reads of one turn; a client that sends more lets others go first.
constexpr int kReadsInTurn = 16;
constexpr std::size_t kMostLingered = 64U << 20U;
constexpr std::size_t kKeptCapacity = 16U * 1024U;
constexpr unsigned char kTlsHandshake = 0x16;

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

Connection::Connection(int socket, const ConnectionSetting& setting)
    : setting_(setting), socket_(socket), tls_(nullptr, &SSL_free) {
  set_deadline();
}

Connection::~Connection() {
  tls_.reset();
  ::close(socket_);
}

Connection::Wait Connection::proceed() {
  Step step = Step::Again;
  while (step == Step::Again) {
    switch (stage_) {
      case Stage::Peek:
        step = peek();
        break;
      case Stage::Handshake:
        step = handshake();
        break;
      case Stage::Open:
        step = exchange();
        break;
      case Stage::Linger:
        step = linger();
        break;
      case Stage::Over:
        step = Step::Over;
        break;
    }
  }
  set_deadline();
  if (step == Step::Over) {
    stage_ = Stage::Over;
    return Wait::Nothing;
  }
  return step == Step::Readable ? Wait::Readable : Wait::Writable;
}

/// The first byte tells TLS from plain HTTP.
Connection::Step Connection::peek() {
  unsigned char first = 0;
  const ssize_t count = ::recv(socket_, &first, 1, MSG_PEEK);
  if (count <= 0) {
    return count < 0 && would_block() ? Step::Readable : Step::Over;
  }
  if (setting_.tls == nullptr) {
    stage_ = first == kTlsHandshake ? Stage::Over : Stage::Open;
    return Step::Again;
  }
  if (first != kTlsHandshake) {
    plain_on_tls_ = true;
    stage_ = Stage::Open;
    return Step::Again;
  }
  tls_.reset(SSL_new(setting_.tls));
  if (!tls_ || SSL_set_fd(tls_.get(), socket_) != 1) {
    return Step::Over;
  }
  SSL_set_accept_state(tls_.get());
  stage_ = Stage::Handshake;
  return Step::Again;
}

Connection::Step Connection::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(tls_.get());
  if (result == 1) {
    stage_ = Stage::Open;
    return Step::Again;
  }
  return after_tls(result);
}

Connection::Step Connection::after_tls(int result) {
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return Step::Readable;
    case SSL_ERROR_WANT_WRITE:
      return Step::Writable;
    default:
      ERR_clear_error();
      return Step::Over;
  }
}

Connection::Step Connection::exchange() {
  if (written_ < out_.size()) {
    return write_some();
  }
  if (closing_) {
    return finish();
  }
  if (framer_.state() == RequestFramer::State::Refused) {
    refuse(framer_.error());
    return Step::Again;
  }
  if (framer_.state() == RequestFramer::State::Complete) {
    answer();
    return Step::Again;
  }
  return read_some();
}

Connection::Step Connection::read_some() {
  thread_local std::array<char, kReadSize> buffer;
  for (int turn = 0; turn < kReadsInTurn; ++turn) {
    ssize_t count = 0;
    if (tls_) {
      ERR_clear_error();
      count = SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) {
        return after_tls(static_cast<int>(count));
      }
    } else {
      count = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (count <= 0) {
        return count < 0 && would_block() ? Step::Readable : Step::Over;
      }
    }
    const auto state = framer_.feed({buffer.data(), static_cast<std::size_t>(count)});
    if (framer_.wants_continue() && !continued_) {
      continued_ = true;
      out_ += "HTTP/1.1 100 Continue\r\n\r\n";
      return Step::Again;
    }
    if (state == RequestFramer::State::Complete || state == RequestFramer::State::Refused) {
      return Step::Again;
    }
  }
  return Step::Writable;
}

Connection::Step Connection::write_some() {
  const char* from = out_.data() + written_;
  const std::size_t left = out_.size() - written_;
  ssize_t count = 0;
  if (tls_) {
    ERR_clear_error();
    count = SSL_write(tls_.get(), from, static_cast<int>(left));
    if (count <= 0) {
      return after_tls(static_cast<int>(count));
    }
  } else {
    count = ::send(socket_, from, left, MSG_NOSIGNAL);
    if (count < 0) {
      return would_block() ? Step::Writable : Step::Over;
    }
  }
  written_ += static_cast<std::size_t>(count);
  progressed_ = true;
  if (written_ < out_.size()) {
    return Step::Again;
  }
  out_.clear();
  if (out_.capacity() > kKeptCapacity) {
    out_.shrink_to_fit();
  }
  written_ = 0;
  if (closing_) {
    return Step::Again;
  }
  if (std::exchange(yield_, false)) {
    return Step::Writable;
  }
  // What has not left the socket yet wakes this connection up again by itself.
  return framer_.started() || (tls_ && SSL_has_pending(tls_.get()) != 0) ? Step::Again
                                                                         : Step::Readable;
}

void Connection::answer() {
  if (plain_on_tls_) {
    refuse(Error{ErrorCode::PlainHttpOnTlsPort, {}, {}});
    return;
  }
  const Response response = setting_.handlers.answer(framer_.request());
  const bool keep = framer_.keep_alive();
  add_answer(out_, response, {keep, framer_.request().method == "HEAD"});
  closing_ = !keep;
  continued_ = false;
  timed_ = Phase::None;
  // A client that has sent its next request already waits behind the others.
  yield_ = framer_.next() == RequestFramer::State::Complete;
}

void Connection::refuse(const Error& error) {
  const bool other = plain_on_tls_ && error.code != ErrorCode::ConnectNotSupported;
  const Error plain{ErrorCode::PlainHttpOnTlsPort, {}, {}};
  const Response response = setting_.handlers.refuse(framer_.request(), other ? plain : error);
  add_answer(out_, response, {false, framer_.request().method == "HEAD"});
  closing_ = true;
}

/// Ends our side; what the client still sends is thrown away, so that it can read the answer.
Connection::Step Connection::finish() {
  if (tls_) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
    ERR_clear_error();
  }
  ::shutdown(socket_, SHUT_WR);
  stage_ = Stage::Linger;
  return Step::Again;
}

Connection::Step Connection::linger() {
  thread_local std::array<char, kReadSize> buffer;
  for (int turn = 0; turn < kReadsInTurn; ++turn) {
    const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
      return count < 0 && would_block() ? Step::Readable : Step::Over;
    }
    lingered_ += static_cast<std::size_t>(count);
    if (lingered_ > kMostLingered) {
      return Step::Over;
    }
  }
  return Step::Writable;
}

bool Connection::idle() const {
  return stage_ == Stage::Peek || stage_ == Stage::Linger ||
         (stage_ == Stage::Open && !framer_.started() && written_ == out_.size());
}

void Connection::end() {
  if (stage_ == Stage::Open && tls_) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
    ERR_clear_error();
  }
  ::shutdown(socket_, SHUT_RDWR);
  stage_ = Stage::Over;
}

Connection::Wait Connection::expire() {
  if (stage_ != Stage::Open || written_ < out_.size() || !framer_.started()) {
    end();
    return Wait::Nothing;
  }
  const bool head = framer_.state() == RequestFramer::State::Head;
  const auto seconds = (head ? setting_.times.head : setting_.times.body).count() / 1000;
  refuse(Error{ErrorCode::RequestTimeout, {std::to_string(seconds)}, {}});
  return proceed();
}

Connection::Phase Connection::phase() const {
  switch (stage_) {
    case Stage::Peek:
    case Stage::Handshake:
      return Phase::Connect;
    case Stage::Open:
      if (written_ < out_.size()) {
        return Phase::Write;
      }
      if (framer_.state() == RequestFramer::State::Body) {
        return Phase::Body;
      }
      return framer_.started() ? Phase::Head : Phase::Idle;
    case Stage::Linger:
    case Stage::Over:
      return Phase::Linger;
  }
  return Phase::Linger;
}

void Connection::set_deadline() {
  const Phase now = phase();
  const bool progressed = std::exchange(progressed_, false);
  if (now == timed_ && !(now == Phase::Write && progressed)) {
    return;
  }
  timed_ = now;
  const ConnectionTimes& times = setting_.times;
  const auto allowed = [&] {
    switch (now) {
      case Phase::Connect:
      case Phase::Head:
        return times.head;
      case Phase::Body:
        return times.body;
      case Phase::Write:
        return times.write;
      case Phase::Linger:
        return times.linger;
      case Phase::None:
      case Phase::Idle:
        return times.idle;
    }
    return times.idle;
  };
  deadline_ = Clock::now() + allowed();
}

}  // namespace pcsim
