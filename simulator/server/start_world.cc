#include "server/start_world.h"

#include <filesystem>
#include <map>
#include <utility>

#include "codec/world_file.h"
#include "server/secure_file.h"

namespace pcsim {
namespace {

namespace fs = std::filesystem;

/// Notes and hidden files are no data.
bool is_data(const fs::path& path) {
  return path.extension() != ".md" && path.filename().string().front() != '.';
}

}  // namespace

std::variant<Fixtures, std::string> open_fixtures(const std::string& dir) {
  if (dir.empty()) {
    return Fixtures{};
  }
  std::error_code failure;
  std::map<std::string, std::string> files;
  for (auto entry = fs::recursive_directory_iterator(dir, failure);
       !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    if (!entry->is_regular_file(failure) || !is_data(entry->path())) {
      continue;
    }
    std::string error;
    auto content = read_file(entry->path(), &error);
    if (!content) {
      return error + "; make it readable or take it out of the folder given with --fixtures.";
    }
    files.emplace(entry->path().lexically_relative(dir).generic_string(), *std::move(content));
  }
  if (failure) {
    return "cannot read the folder " + dir + ": " + failure.message() +
           "; give --fixtures the path of a folder.";
  }
  return Fixtures{dir, std::move(files)};
}

std::variant<World, std::string> load_start_world(const std::string& text, const std::string& file,
                                                  const Fixtures& fixtures,
                                                  const Reference& reference) {
  if (!text.empty() && !file.empty()) {
    return "a world was given as text and as a file; give one of them.";
  }
  const std::string demo = "worlds/demo.json";
  std::string name = fixtures.name(demo);
  std::string content = text;
  if (!file.empty()) {
    name = file;
    std::string error;
    auto read = read_file(file, &error);
    if (!read) {
      return error + "; check the path of the world file.";
    }
    content = *std::move(read);
  } else if (text.empty()) {
    content = std::string{fixtures.content(demo)};
  } else {
    name = "world";
  }
  auto world = read_world(content, reference.markets);
  if (const auto* failure = std::get_if<DataFailure>(&world)) {
    return sentence(name, *failure);
  }
  return std::move(std::get<World>(world));
}

}  // namespace pcsim
