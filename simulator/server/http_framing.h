#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pcsim/message.h"
#include "pcsim/result.h"

namespace pcsim {

/// What a connection may make the server hold, in bytes and numbers.
struct FramingLimits {
  std::size_t head = 32U * 1024U;
  std::size_t line = 8U * 1024U;  ///< the request's first line, and all trailers
  std::size_t headers = 100;
  std::size_t body = 4U * 1024U * 1024U;
};

/// Cuts the bytes of a connection into requests, strictly: exactly one of Content-Length and
/// chunked, no folded header, no bare CR or LF, budgets on everything.
/// Source: RFC 9112 "Message Format" and "Message Body Length".
class RequestFramer {
 public:
  enum class State { Head, Body, Complete, Refused };

  explicit RequestFramer(FramingLimits limits = {}) : limits_(limits) {}

  /// Takes bytes as they came; what follows a complete request waits for the next one.
  State feed(std::string_view bytes);

  State state() const { return state_; }
  /// Whether bytes of the next request, or of an unfinished one, are held.
  bool started() const { return state_ != State::Head || !input_.empty(); }
  /// Whether the client waits for `100 Continue` before it sends the body.
  bool wants_continue() const { return expects_continue_ && state_ == State::Body && !body_begun_; }
  /// Whether the connection stays open after this request.
  bool keep_alive() const { return keep_alive_; }
  /// The request as far as it is known; whole when Complete.
  const Request& request() const { return request_; }
  /// Why the bytes are refused.
  const Error& error() const { return *error_; }

  /// Forgets the complete request and looks at the bytes that came after it.
  State next();

 private:
  State refuse(ErrorCode code, std::string argument = {});
  State advance();
  bool find_head();
  State read_head(std::string_view head);
  State read_request_line(std::string_view line);
  State read_header(std::string_view line);
  State settle_target();
  State settle_body();
  State read_body();
  State read_chunks();

  FramingLimits limits_;
  State state_ = State::Head;
  std::string input_{};
  std::size_t scanned_ = 0;  ///< where the first line begins that is not whole
  Request request_{};
  std::optional<Error> error_{};
  bool http10_ = false;
  bool keep_alive_ = true;
  bool expects_continue_ = false;
  bool body_begun_ = false;
  bool chunked_ = false;
  std::size_t expected_ = 0;  ///< bytes of body, or of the chunk, still to come
  enum class Chunk { Size, Data, DataEnd, Trailer } chunk_ = Chunk::Size;
  std::size_t trailer_bytes_ = 0;
};

}  // namespace pcsim
