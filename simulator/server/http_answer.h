#pragma once

#include <string>

#include "pcsim/message.h"

namespace pcsim {

/// How an answer ends its exchange.
struct AnswerForm {
  bool keep_alive = true;
  bool without_body = false;  ///< the request was a HEAD
};

/// Appends the bytes of an answer, to be written at once: the status line, the headers in their
/// order with Content-Length before Content-Type, the body. Adds `Connection: close` when the
/// connection ends, and nothing else. Source: RFC 9112 "Message Format".
void add_answer(std::string& bytes, const Response& response, AnswerForm form);

}  // namespace pcsim
