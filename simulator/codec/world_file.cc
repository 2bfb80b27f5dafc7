#include "codec/world_file.h"

#include <algorithm>
#include <utility>

#include "codec/located_json.h"
#include "codec/world_sections.h"

namespace pcsim {
namespace {

Failure read_section(const std::string& name, const LocatedJson& node, World& world) {
  for (const auto sections : {party_sections(), identity_sections(), commerce_sections(),
                              subscription_sections(), access_sections(), reservation_sections()}) {
    const auto found =
        std::find_if(sections.begin(), sections.end(),
                     [&](const WorldSection& section) { return section.name == name; });
    if (found != sections.end()) {
      return found->read(node, name, world);
    }
  }
  return DataFailure{name, node.line, "is not a member of this file's format"};
}

}  // namespace

std::variant<World, DataFailure> read_world(std::string_view text, const MarketTable& markets) {
  const auto parsed = parse_located_json(text);
  if (const auto* error = std::get_if<LocatedJsonError>(&parsed)) {
    return DataFailure{error->member, error->line, error->text};
  }
  const auto& root = std::get<LocatedJson>(parsed);
  if (root.kind != LocatedJson::Kind::Object) {
    return DataFailure{"", root.line, "a world file must hold an object"};
  }
  World world;
  for (const auto& [name, node] : root.members) {
    if (Failure failure = read_section(name, node, world)) {
      return *failure;
    }
  }
  if (Failure failure = broken_reference(root, world, markets)) {
    return *failure;
  }
  world.freeze();
  return world;
}

}  // namespace pcsim
