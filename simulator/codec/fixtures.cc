#include "codec/fixtures.h"

#include <utility>

#include "pcsim/embedded.h"

namespace pcsim {
namespace {

constexpr std::string_view kRoot = "fixtures/";

/// Files of the program's source that no running simulator reads anew.
bool compiled_in(std::string_view path) { return path.substr(0, 7) == "errors/"; }

}  // namespace

Fixtures::Fixtures(std::string folder, std::map<std::string, std::string> files)
    : folder_(std::move(folder)), files_(std::move(files)) {}

std::optional<std::string> Fixtures::problem() const {
  for (const auto& [path, text] : files_) {
    if (compiled_in(path)) {
      return name(path) + ": this table is compiled into the program; take the file away.";
    }
    if (!embedded_file(std::string{kRoot} + path)) {
      return name(path) + ": stands in for nothing; there is no " + std::string{kRoot} + path + ".";
    }
  }
  return std::nullopt;
}

std::string_view Fixtures::content(const std::string& path) const {
  if (const auto own = files_.find(path); own != files_.end()) {
    return own->second;
  }
  return embedded_file(std::string{kRoot} + path).value_or("");
}

bool Fixtures::replaced(const std::string& path) const { return files_.count(path) != 0; }

bool Fixtures::replaced_below(const std::string& prefix) const {
  const auto found = files_.lower_bound(prefix);
  return found != files_.end() && found->first.compare(0, prefix.size(), prefix) == 0;
}

std::string Fixtures::name(const std::string& path) const {
  return replaced(path) ? folder_ + (folder_.back() == '/' ? "" : "/") + path
                        : std::string{kRoot} + path;
}

}  // namespace pcsim
