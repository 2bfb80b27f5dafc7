#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pcsim {

// A file of the repository compiled into the program.
struct EmbeddedFile {
  std::string_view path;  // relative to the repository, such as "fixtures/markets/markets.csv"
  std::string_view content;
};

// Both lists are sorted by path.
std::span<const EmbeddedFile> embedded_fixtures();
std::span<const EmbeddedFile> embedded_schemas();

// Looks in both lists.
std::optional<std::string_view> embedded_file(std::string_view path);

}  // namespace pcsim
