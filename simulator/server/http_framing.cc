#include "server/http_framing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kMaxChunkLine = 256;

/// What a byte may stand in, looked up for every byte of a head.
struct ByteKind {
  bool token = false;
  bool visible = false;
  bool field = false;
};

constexpr auto kByteKinds = [] {
  std::array<ByteKind, 256> kinds{};
  for (std::size_t at = 0; at < kinds.size(); ++at) {
    kinds[at].visible = at > 0x20 && at != 0x7f;
    kinds[at].field = kinds[at].visible || at == ' ' || at == '\t';
    const bool letter = (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z');
    kinds[at].token = letter || (at >= '0' && at <= '9');
  }
  for (const char c : std::string_view{"!#$%&'*+-.^_`|~"}) {
    kinds[static_cast<unsigned char>(c)].token = true;
  }
  return kinds;
}();

template <bool ByteKind::*kKind>
bool all(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return kByteKinds[static_cast<unsigned char>(c)].*kKind; });
}

bool is_token(std::string_view text) { return !text.empty() && all<&ByteKind::token>(text); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

/// Whether a comma-separated header value names `word`.
bool lists(std::string_view value, std::string_view word) {
  for (const auto part : split(value, ',')) {
    if (equal_ignoring_case(trimmed(part), word)) {
      return true;
    }
  }
  return false;
}

std::optional<std::size_t> number(std::string_view text, int base) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  const bool digits = !text.empty() && text.front() != '-' && text.front() != '+';
  if (!digits || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

std::size_t count_of(const Headers& headers, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(headers.fields.begin(), headers.fields.end(),
                    [&](const auto& field) { return equal_ignoring_case(field.first, name); }));
}

}  // namespace

RequestFramer::State RequestFramer::refuse(ErrorCode code, std::string argument) {
  error_ = Error{code, {std::move(argument)}, {}};
  keep_alive_ = false;
  input_.clear();
  input_.shrink_to_fit();
  return state_ = State::Refused;
}

RequestFramer::State RequestFramer::feed(std::string_view bytes) {
  if (state_ == State::Refused) {
    return state_;
  }
  input_ += bytes;
  return state_ == State::Complete ? state_ : advance();
}

RequestFramer::State RequestFramer::next() {
  request_ = Request{};
  http10_ = expects_continue_ = body_begun_ = chunked_ = false;
  keep_alive_ = true;
  expected_ = trailer_bytes_ = scanned_ = 0;
  chunk_ = Chunk::Size;
  state_ = State::Head;
  if (input_.empty()) {
    input_.shrink_to_fit();
    return state_;
  }
  return advance();
}

RequestFramer::State RequestFramer::advance() {
  if (state_ == State::Head && !find_head()) {
    return state_;
  }
  return state_ == State::Body ? read_body() : state_;
}

/// Looks for the end of the head, and refuses what can no longer become one.
bool RequestFramer::find_head() {
  // A client may end the message before with one line end too many.
  while (input_.size() >= 2 && scanned_ == 0 && input_.compare(0, 2, kLineEnd) == 0) {
    input_.erase(0, 2);
  }
  // Line by line; every line ends in CR LF, and no CR stands anywhere else.
  for (std::size_t at = scanned_;;) {
    const std::size_t end = input_.find('\n', at);
    const std::size_t stop = end == std::string::npos ? input_.size() : end;
    const std::size_t bare = input_.find('\r', at);
    // A CR at the very end may still get its LF.
    if (bare < stop && bare + 1 != stop) {
      refuse(ErrorCode::MalformedRequest);
      return false;
    }
    if (end == std::string::npos) {
      break;
    }
    if (end == at || bare >= stop) {
      refuse(ErrorCode::MalformedRequest);
      return false;
    }
    if (bare == at && at > 0) {
      const std::string head = input_.substr(0, at - kLineEnd.size());
      input_.erase(0, end + 1);
      scanned_ = 0;
      if (head.size() > limits_.head) {
        refuse(ErrorCode::HeadersTooLarge, std::to_string(limits_.head));
        return false;
      }
      return read_head(head) != State::Refused;
    }
    at = scanned_ = end + 1;
  }
  if (input_.size() > limits_.line && input_.find('\n') == std::string::npos) {
    refuse(ErrorCode::UriTooLong, std::to_string(limits_.line));
  } else if (input_.size() > limits_.head) {
    refuse(ErrorCode::HeadersTooLarge, std::to_string(limits_.head));
  }
  return false;
}

RequestFramer::State RequestFramer::read_head(std::string_view head) {
  bool first = true;
  while (!head.empty()) {
    const std::size_t end = head.find(kLineEnd);
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(head.size(), line.size() + kLineEnd.size()));
    if ((first ? read_request_line(line) : read_header(line)) == State::Refused) {
      return state_;
    }
    first = false;
  }
  return settle_target() == State::Refused ? state_ : settle_body();
}

RequestFramer::State RequestFramer::read_request_line(std::string_view line) {
  if (line.size() > limits_.line) {
    return refuse(ErrorCode::UriTooLong, std::to_string(limits_.line));
  }
  const auto parts = split(line, ' ');
  if (parts.size() != 3 || !is_token(parts[0]) || parts[1].empty() ||
      !all<&ByteKind::visible>(parts[1])) {
    return refuse(ErrorCode::MalformedRequest);
  }
  request_.method = parts[0];
  request_.target = parts[1];
  if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0") {
    return parts[2].rfind("HTTP/", 0) == 0
               ? refuse(ErrorCode::HttpVersionNotSupported, std::string{parts[2]})
               : refuse(ErrorCode::MalformedRequest);
  }
  http10_ = parts[2] == "HTTP/1.0";
  return state_;
}

RequestFramer::State RequestFramer::read_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
      !all<&ByteKind::field>(line)) {
    return refuse(ErrorCode::MalformedRequest);
  }
  if (request_.headers.fields.size() == limits_.headers) {
    return refuse(ErrorCode::HeadersTooLarge, std::to_string(limits_.head));
  }
  request_.headers.add(std::string{line.substr(0, colon)},
                       std::string{trimmed(line.substr(colon + 1))});
  return state_;
}

/// A proxy's client sends the whole address as the target; its authority is then the host.
RequestFramer::State RequestFramer::settle_target() {
  if (request_.method == "CONNECT") {
    return refuse(ErrorCode::ConnectNotSupported);
  }
  if (count_of(request_.headers, "Host") != 1 && !http10_) {
    return refuse(ErrorCode::MissingHostHeader);
  }
  std::string& target = request_.target;
  if (target.front() == '/' || target == "*") {
    return state_;
  }
  const std::size_t scheme = target.find("://");
  if (scheme == std::string::npos || !equal_ignoring_case(target.substr(0, scheme), "https")) {
    return refuse(ErrorCode::MalformedRequest);
  }
  const std::size_t path = target.find_first_of("/?", scheme + 3);
  const std::string authority = target.substr(scheme + 3, path - scheme - 3);
  for (auto& [name, value] : request_.headers.fields) {
    if (equal_ignoring_case(name, "Host")) {
      value = authority;
    }
  }
  target = path == std::string::npos ? "/" : target.substr(path);
  if (target.front() != '/') {
    target.insert(0, "/");
  }
  return state_;
}

RequestFramer::State RequestFramer::settle_body() {
  const Headers& headers = request_.headers;
  const std::string_view connection = headers.find("Connection").value_or("");
  keep_alive_ = http10_ ? lists(connection, "keep-alive") : !lists(connection, "close");
  const std::size_t lengths = count_of(headers, "Content-Length");
  const std::size_t encodings = count_of(headers, "Transfer-Encoding");
  if (lengths + encodings > 1 || (encodings == 1 && http10_)) {
    return refuse(ErrorCode::MalformedRequest);
  }
  if (encodings == 1) {
    const std::string encoding{*headers.find("Transfer-Encoding")};
    if (!equal_ignoring_case(encoding, "chunked")) {
      return refuse(ErrorCode::TransferEncodingNotSupported, encoding);
    }
    chunked_ = true;
  }
  if (lengths == 1) {
    const std::string_view text = *headers.find("Content-Length");
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
      return refuse(ErrorCode::MalformedRequest);
    }
    const auto length = number(text, 10);
    if (!length || *length > limits_.body) {
      return refuse(ErrorCode::RequestTooLarge, std::to_string(limits_.body));
    }
    expected_ = *length;
  }
  if (const auto expectation = headers.find("Expect"); expectation && !http10_) {
    if (!equal_ignoring_case(*expectation, "100-continue")) {
      return refuse(ErrorCode::ExpectationFailed, std::string{*expectation});
    }
    expects_continue_ = chunked_ || expected_ > 0;
  }
  return state_ = State::Body;
}

RequestFramer::State RequestFramer::read_body() {
  body_begun_ = body_begun_ || !input_.empty();
  if (chunked_) {
    return read_chunks();
  }
  const std::size_t taken = std::min(expected_, input_.size());
  request_.body.append(input_, 0, taken);
  input_.erase(0, taken);
  expected_ -= taken;
  return expected_ == 0 ? state_ = State::Complete : state_;
}

RequestFramer::State RequestFramer::read_chunks() {
  std::size_t at = 0;
  const auto keep_rest = [&] {
    input_.erase(0, at);
    return state_;
  };
  while (true) {
    if (chunk_ == Chunk::Data) {
      const std::size_t taken = std::min(expected_, input_.size() - at);
      request_.body.append(input_, at, taken);
      at += taken;
      expected_ -= taken;
      if (expected_ > 0) {
        return keep_rest();
      }
      chunk_ = Chunk::DataEnd;
    }
    const std::size_t end = input_.find(kLineEnd, at);
    const std::size_t held = (end == std::string::npos ? input_.size() : end) - at;
    if (held > (chunk_ == Chunk::Trailer ? limits_.line : kMaxChunkLine) ||
        (chunk_ == Chunk::DataEnd && held > (end == std::string::npos ? 1U : 0U))) {
      return refuse(ErrorCode::MalformedRequest);
    }
    if (end == std::string::npos) {
      return keep_rest();
    }
    const std::string_view line = std::string_view{input_}.substr(at, held);
    if (!all<&ByteKind::field>(line)) {
      return refuse(ErrorCode::MalformedRequest);
    }
    at = end + kLineEnd.size();
    if (chunk_ == Chunk::DataEnd) {
      chunk_ = Chunk::Size;
    } else if (chunk_ == Chunk::Size) {
      const auto size = number(trimmed(line.substr(0, line.find(';'))), 16);
      if (!size) {
        return refuse(ErrorCode::MalformedRequest);
      }
      if (*size > limits_.body - request_.body.size()) {
        return refuse(ErrorCode::RequestTooLarge, std::to_string(limits_.body));
      }
      expected_ = *size;
      chunk_ = *size == 0 ? Chunk::Trailer : Chunk::Data;
    } else if (line.empty()) {
      keep_rest();
      return state_ = State::Complete;
    } else if ((trailer_bytes_ += held) > limits_.line) {
      return refuse(ErrorCode::HeadersTooLarge, std::to_string(limits_.line));
    }
  }
}

}  // namespace pcsim
