#include "server/http_answer.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "pcsim/text.h"

namespace pcsim {
namespace {

struct Reason {
  int status;
  std::string_view text;
};

constexpr Reason kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {302, "Found"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Payload Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

std::string_view reason_of(int status) {
  for (const Reason& row : kReasons) {
    if (row.status == status) {
      return row.text;
    }
  }
  return "Status";
}

void add_field(std::string& bytes, std::string_view name, std::string_view value) {
  bytes += name;
  bytes += ": ";
  const std::size_t begin = bytes.size();
  bytes += value;
  // A line end inside a value would begin another header.
  if (value.find('\r') != value.npos || value.find('\n') != value.npos) {
    std::replace_if(
        bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.end(),
        [](char c) { return c == '\r' || c == '\n'; }, ' ');
  }
  bytes += "\r\n";
}

}  // namespace

void add_answer(std::string& bytes, const Response& response, AnswerForm form) {
  bytes.reserve(bytes.size() + 768 + response.body.size());
  bytes += "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes += reason_of(response.status);
  bytes += "\r\n";
  std::string_view type;
  for (const auto& [name, value] : response.headers.fields) {
    if (equal_ignoring_case(name, "Content-Type")) {
      type = value;
    } else {
      add_field(bytes, name, value);
    }
  }
  if (!form.keep_alive) {
    add_field(bytes, "Connection", "close");
  }
  add_field(bytes, "Content-Length", std::to_string(response.body.size()));
  if (!type.empty()) {
    add_field(bytes, "Content-Type", type);
  }
  bytes += "\r\n";
  if (!form.without_body) {
    bytes += response.body;
  }
}

}  // namespace pcsim
