#include "server/shell_text.h"

#include <algorithm>
#include <cctype>

namespace pcsim {

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
  }
  return quoted + "'";
}

std::string shell_word(const std::string& text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string{"/._-:@%+,"}.find(c) != std::string::npos;
  });
  return plain ? text : shell_quoted(text);
}

}  // namespace pcsim
