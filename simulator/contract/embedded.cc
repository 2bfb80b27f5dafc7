#include "pcsim/embedded.h"

#include <algorithm>

namespace pcsim {

std::optional<std::string_view> embedded_file(std::string_view path) {
  for (const auto files : {embedded_fixtures(), embedded_schemas()}) {
    const auto found = std::ranges::lower_bound(files, path, {}, &EmbeddedFile::path);
    if (found != files.end() && found->path == path) {
      return found->content;
    }
  }
  return std::nullopt;
}

}  // namespace pcsim
