#pragma once

#include <string>

namespace pcsim {

/// `text` in single quotes, one word to a POSIX shell whatever it holds.
std::string shell_quoted(const std::string& text);

/// The same, with quotes only where they are needed.
std::string shell_word(const std::string& text);

}  // namespace pcsim
