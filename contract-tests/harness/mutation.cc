#include "harness/mutation.h"

#include <map>
#include <nlohmann/json.hpp>

#include "contract/schema_library.h"
#include "harness/schema_walk.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;

enum class Verdict { Unmet, Unnoticed, Noticed };

/// The verdict of every required member, by the place that requires it.
using Verdicts = std::map<std::string, Verdict>;

void drop_each(const Schema& schema, const SchemaNode& root, const json& body, Verdicts& verdicts) {
  each_judgement(root, body, "", [&](const SchemaNode& node, const std::string& at) {
    const json& holder = body.at(json::json_pointer{at});
    for (const std::string& member : required_members(node)) {
      Verdict& verdict = verdicts[node.key() + " " + member];
      if (verdict == Verdict::Noticed || !holder.is_object() || !holder.contains(member)) {
        continue;
      }
      json left = body;
      left.at(json::json_pointer{at}).erase(member);
      verdict = schema.valid(left) ? Verdict::Unnoticed : Verdict::Noticed;
    }
  });
}

void mutate_one(const std::string& name, const Journal& journal, Verdicts& verdicts) {
  std::string error;
  const Schema* schema = find_schema(name, &error);
  const SchemaNode root = root_of(name);
  if (schema == nullptr || root.schema == nullptr) {
    verdicts[name + ": " + error] = Verdict::Unmet;
    return;
  }
  std::set<std::string> seen;
  each_node(root, seen, [&](const SchemaNode& node) {
    for (const std::string& member : required_members(node)) {
      verdicts.emplace(node.key() + " " + member, Verdict::Unmet);
    }
  });
  for (const json& body : journal.bodies(name)) {
    drop_each(*schema, root, body, verdicts);
  }
}

}  // namespace

MutationReport mutate(const std::set<std::string>& names, const Journal& journal) {
  Verdicts verdicts;
  for (const std::string& name : names) {
    mutate_one(name, journal, verdicts);
  }
  MutationReport report;
  for (const auto& [place, verdict] : verdicts) {
    switch (verdict) {
      case Verdict::Unmet:
        report.unmet.push_back(place);
        break;
      case Verdict::Unnoticed:
        report.unnoticed.push_back(place);
        break;
      case Verdict::Noticed:
        ++report.dropped;
        break;
    }
  }
  return report;
}

}  // namespace pcsim::contract
