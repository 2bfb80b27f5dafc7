#include "http/compression.h"

#include <zlib.h>

#include <string>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kMemoryLevel = 8;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

/// Whether the parameters after a coding's name give it the weight 0.
bool weighs_nothing(std::string_view parameters) {
  const std::string weight = lower(trimmed(parameters));
  return weight.rfind("q=0", 0) == 0 && weight.find_first_not_of("0.", 2) == std::string::npos;
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  // The library's input is not const, but it only reads it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(result == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  for (const auto part : split(accept_encoding, ',')) {
    const std::size_t semicolon = part.find(';');
    const std::string_view name = trimmed(part.substr(0, semicolon));
    const bool wanted =
        semicolon == std::string_view::npos || !weighs_nothing(part.substr(semicolon + 1));
    if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip")) {
      return wanted;
    }
    any = any || (name == "*" && wanted);
  }
  return any;
}

void compress(const Request& request, Response& response) {
  const auto accepted = request.headers.find("Accept-Encoding");
  if (response.body.empty() || !accepted || !accepts_gzip(*accepted)) {
    return;
  }
  std::string packed = gzip(response.body);
  if (packed.empty()) {
    return;
  }
  response.body = std::move(packed);
  response.headers.add("Content-Encoding", "gzip");
  response.headers.add("Vary", "Accept-Encoding");
}

}  // namespace pcsim
