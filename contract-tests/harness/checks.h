#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "harness/wire.h"
#include "pcsim/operation.h"

namespace pcsim::contract {

/// The header fields sent with a call that its answer must echo, and its method.
struct Sent {
  std::string request_id{}, correlation_id{}, method{};
};

/// Header fields, byte order mark and media type of any answer of `surface`.
void check_envelope(Surface surface, const Sent& sent, const Answer& answer);

/// The JSON of an answer, without its byte order mark, or a page as one text; null when the body
/// is empty or neither.
nlohmann::json parse(const Answer& answer);

/// A successful answer of `row`: status, and its body against the response schema, which it keeps
/// for the mutation run.
void check_success(const Operation& row, const Answer& answer, const nlohmann::json& body);

/// A refusal: status, code and text as the error table declares them, and the error schema of the
/// surface. `second_version` says that the path is one of v2.0; texts are in `locale`.
void check_refusal(Surface surface, bool second_version, ErrorCode error, const Answer& answer,
                   const nlohmann::json& body, Locale locale = Locale::English);

/// An error that a successful answer carries, as `{code,description}` by whatever names.
void check_carried(ErrorCode error, const nlohmann::json& code, const nlohmann::json& description,
                   Locale locale);

/// Whether `text` is `pattern` with something in place of each `{n}`.
bool fits_template(std::string_view text, std::string_view pattern);

}  // namespace pcsim::contract
