#include "server/start_world.h"

#include <utility>

#include "codec/world_file.h"
#include "pcsim/embedded.h"
#include "server/secure_file.h"

namespace pcsim {

std::variant<World, std::string> load_start_world(const std::string& text,
                                                  const std::string& file) {
  if (!text.empty() && !file.empty()) {
    return "a world was given as text and as a file; give one of them.";
  }
  std::string name = "fixtures/worlds/demo.json";
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
    content = std::string{embedded_file(name).value_or("")};
  } else {
    name = "world";
  }
  auto world = read_world(content);
  if (const auto* error = std::get_if<WorldFileError>(&world)) {
    return name + ":" + std::to_string(error->line) + ": " + error->member + ": " + error->text;
  }
  return std::move(std::get<World>(world));
}

}  // namespace pcsim
