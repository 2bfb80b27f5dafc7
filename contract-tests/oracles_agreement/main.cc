// pcsim-agreement ROOT NODE WORK_FOLDER: asks our schema engine and Ajv the same questions.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "contract/schema_library.h"
#include "instances.h"
#include "pcsim/embedded.h"
#include "variations.h"

namespace pcsim::agreement {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kSkipped = 77;
constexpr std::size_t kLeastRefused = 2000;

struct Question {
  std::string schema;  ///< path below schemas/
  json body;
  const char* origin;
  bool must_pass = false;
};

Documents all_schemas() {
  Documents out;
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.path.ends_with(".json")) {
      out[std::string{file.path.substr(std::string_view{"schemas/"}.size())}] =
          json::parse(file.content);
    }
  }
  return out;
}

void ask_derived(const Documents& schemas, std::vector<Question>& out) {
  struct Start {
    std::string schema;
    json body;
    std::vector<Made> made;
  };
  std::vector<Start> starts;
  for (const auto& [id, document] : schemas) {
    if (!document.contains("type") && !document.contains("allOf")) {
      continue;  // only definitions
    }
    for (const Detail detail : {Detail::Minimal, Detail::Full}) {
      std::vector<Made> made;
      json body = make_instance(schemas, id, detail, made);
      out.push_back({id, body, "made from a schema", true});
      starts.push_back({id, std::move(body), std::move(made)});
    }
  }
  // A schema is tried where it first occurs, beginning with the smallest bodies.
  std::stable_sort(starts.begin(), starts.end(), [](const Start& left, const Start& right) {
    return left.made.size() < right.made.size();
  });
  std::set<std::pair<std::string, bool>> tried;
  for (const Start& start : starts) {
    for (const Made& value : start.made) {
      const json::json_pointer at(value.instance_pointer);
      if (!start.body.contains(at) ||
          !tried.emplace(value.schema, start.body.at(at).empty()).second) {
        continue;
      }
      for (json& body : variations(start.body, value.instance_pointer)) {
        out.push_back({start.schema, std::move(body), "derived"});
      }
    }
  }
}

/// Every value of a member called "body", however deep.
void collect_bodies(const json& node, std::vector<json>& out) {
  if (node.is_object() && node.contains("body")) {
    out.push_back(node["body"]);
  }
  if (node.is_structured()) {
    for (const json& child : node) {
      collect_bodies(child, out);
    }
  }
}

void ask_fixtures(const Documents& schemas, std::vector<Question>& out) {
  for (const EmbeddedFile& file : embedded_fixtures()) {
    const json document = json::parse(file.content, nullptr, false);
    if (document.is_discarded() || !document.is_structured()) {
      continue;
    }
    std::vector<json> bodies{document};
    collect_bodies(document, bodies);
    for (const json& body : bodies) {
      for (const auto& entry : schemas) {
        out.push_back({entry.first, body, "fixtures"});
      }
    }
  }
}

/// Lines of {"schema": name, "body": ...} that the simulator once answered.
void ask_recorded(const fs::path& file, std::vector<Question>& out) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    json entry = json::parse(line);
    out.push_back(
        {entry["schema"].get<std::string>() + ".json", std::move(entry["body"]), "recorded", true});
  }
}

/// Ajv's verdicts, in order; fewer than questions when it could not be run.
std::vector<json> ask_ajv(const fs::path& root, const std::string& node, const fs::path& work,
                          const std::vector<Question>& questions) {
  const fs::path asked = work / "questions.jsonl";
  const fs::path answered = work / "verdicts.jsonl";
  {
    std::ofstream out(asked);
    for (const Question& question : questions) {
      out << json{{"schema", question.schema}, {"instance", question.body}}.dump() << '\n';
    }
  }
  const auto quoted = [](const fs::path& path) { return "'" + path.string() + "'"; };
  const std::string command =
      quoted(node) + " " + quoted(root / "contract-tests/oracles/ajv_verdicts.mjs") + " " +
      quoted(root / "schemas") + " <" + quoted(asked) + " >" + quoted(answered);
  std::vector<json> verdicts;
  if (std::system(command.c_str()) != 0) {
    return verdicts;
  }
  std::ifstream in(answered);
  for (std::string line; std::getline(in, line);) {
    verdicts.push_back(json::parse(line));
  }
  return verdicts;
}

struct Tally {
  std::size_t accepted = 0, refused = 0, refused_derived = 0, disagreements = 0;
};

/// Compares one pair of verdicts; tells what is wrong, empty when nothing is.
std::string compare(const Question& question, const json& verdict, Tally& tally) {
  std::string error;
  const std::string name = question.schema.substr(0, question.schema.rfind('.'));
  const Schema* schema = find_schema(name, &error);
  if (schema == nullptr || !verdict.contains("valid")) {
    return error + verdict.value("error", "");
  }
  const bool ours = schema->valid(question.body);
  ++(ours ? tally.accepted : tally.refused);
  tally.refused_derived += !ours && question.origin == std::string_view{"derived"} ? 1U : 0U;
  if (ours != verdict["valid"].get<bool>()) {
    return std::string("we ") + (ours ? "accept" : "refuse") + ", Ajv does not";
  }
  if (question.must_pass && !ours) {
    return "should pass: " + verdict["errors"].dump();
  }
  return {};
}

int run(const fs::path& root, const std::string& node, const fs::path& work) {
  if (!fs::exists(root / "contract-tests/oracles/node_modules/ajv-formats")) {
    std::cout << "skipped: run npm ci in contract-tests/oracles\n";
    return kSkipped;
  }
  const Documents schemas = all_schemas();
  std::vector<Question> questions;
  ask_recorded(root / "contract-tests/oracles_agreement/recorded_answers.jsonl", questions);
  ask_fixtures(schemas, questions);
  ask_derived(schemas, questions);
  const std::vector<json> verdicts = ask_ajv(root, node, work, questions);
  if (verdicts.size() != questions.size()) {
    std::cout << "Ajv answered " << verdicts.size() << " of " << questions.size() << " questions\n";
    return 1;
  }
  Tally tally;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const std::string wrong = compare(questions[i], verdicts[i], tally);
    if (!wrong.empty() && ++tally.disagreements <= 20) {
      std::cout << questions[i].schema << " (" << questions[i].origin << "): " << wrong << "\n  "
                << questions[i].body.dump().substr(0, 600) << "\n";
    }
  }
  std::cout << schemas.size() << " schemas, " << questions.size() << " bodies: " << tally.accepted
            << " accepted, " << tally.refused << " refused (" << tally.refused_derived
            << " of them derived), " << tally.disagreements << " wrong\n";
  return tally.disagreements == 0 && tally.refused_derived >= kLeastRefused ? 0 : 1;
}

}  // namespace
}  // namespace pcsim::agreement

int main(int count, char** arguments) {
  if (count != 4) {
    std::cerr << "usage: pcsim-agreement ROOT NODE WORK_FOLDER\n";
    return 2;
  }
  return pcsim::agreement::run(arguments[1], arguments[2], arguments[3]);
}
