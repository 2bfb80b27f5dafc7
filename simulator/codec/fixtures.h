#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace pcsim {

/// The data files a simulator reads: those compiled into the program, and those of a folder that
/// stand in for them. Paths are relative to `fixtures/`, such as "markets/markets.csv".
class Fixtures {
 public:
  Fixtures() = default;
  /// `files` holds what `folder` holds, by relative path.
  Fixtures(std::string folder, std::map<std::string, std::string> files);

  /// A sentence about a file of the folder that stands in for nothing; nothing when all is well.
  std::optional<std::string> problem() const;

  /// The text of a file; empty when there is none.
  std::string_view content(const std::string& path) const;

  /// Whether a file of the folder stands in for the one compiled in; only then is the text mine.
  bool replaced(const std::string& path) const;

  /// Whether any file whose path begins with `prefix` is.
  bool replaced_below(const std::string& prefix) const;

  /// Where that text comes from, for messages.
  std::string name(const std::string& path) const;

 private:
  std::string folder_{};
  std::map<std::string, std::string> files_{};
};

}  // namespace pcsim
