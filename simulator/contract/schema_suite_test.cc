// Runs the official JSON Schema test suite (draft-07) against the engine.
//
// The suite is looked for in the folder named by PCSIM_SCHEMA_SUITE, else in
// the one compiled in.  Both layouts in use are understood: draft7/ and
// remotes/ side by side, or tests/draft7/ and remotes/.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pcsim/schema.h"

namespace pcsim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Suite {
  fs::path cases;
  fs::path remotes;
};

struct Tally {
  int passed = 0;
  int failed = 0;
};

// Empty when no folder was named at all.
std::string suite_folder() {
  if (const char* named = std::getenv("PCSIM_SCHEMA_SUITE"); named != nullptr) {
    return named[0] == '\0' ? "(PCSIM_SCHEMA_SUITE is empty)" : named;
  }
#ifdef PCSIM_SCHEMA_SUITE_DIR
  return PCSIM_SCHEMA_SUITE_DIR;
#else
  return {};
#endif
}

bool find_suite(const fs::path& folder, Suite* suite) {
  for (const fs::path& cases : {folder / "draft7", folder / "tests" / "draft7"}) {
    if (fs::is_directory(cases))
      suite->cases = cases;
  }
  for (const fs::path& remotes : {folder / "remotes", folder.parent_path() / "remotes"}) {
    if (suite->remotes.empty() && fs::is_directory(remotes))
      suite->remotes = remotes;
  }
  return !suite->cases.empty() && !suite->remotes.empty();
}

Json read_json(const fs::path& file) {
  std::ifstream in(file);
  Json document = Json::parse(in, nullptr, false);
  EXPECT_FALSE(document.is_discarded()) << file;
  return document;
}

std::map<std::string, Json> read_remotes(const fs::path& folder) {
  constexpr std::array<const char*, 8> kOtherDrafts = {
      "draft3", "draft4", "draft6", "draft2019-09", "draft2020-12", "draft-next", "v1", "tests"};
  std::map<std::string, Json> remotes;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".json")
      continue;
    const fs::path relative = entry.path().lexically_relative(folder);
    const std::string first = relative.begin()->string();
    if (std::find(kOtherDrafts.begin(), kOtherDrafts.end(), first) != kOtherDrafts.end())
      continue;
    remotes["http://localhost:1234/" + relative.generic_string()] = read_json(entry.path());
  }
  return remotes;
}

void run_group(const Json& group, const std::string& where,
               const std::map<std::string, Json>& remotes, const SchemaOptions& options,
               Tally* tally) {
  const std::string title = where + ": " + group.at("description").get<std::string>();
  std::string error;
  const auto schema = SchemaStore::compile(group.at("schema"), remotes, &error, options);
  if (!schema) {
    tally->failed += static_cast<int>(group.at("tests").size());
    ADD_FAILURE() << title << " does not compile: " << error;
    return;
  }
  for (const Json& one : group.at("tests")) {
    const Json& data = one.at("data");
    const bool expected = one.at("valid").get<bool>();
    const bool as_expected =
        schema->valid(data) == expected && schema->validate(data).empty() == expected;
    ++(as_expected ? tally->passed : tally->failed);
    EXPECT_TRUE(as_expected) << title << ": " << one.at("description").get<std::string>() << ": "
                             << data.dump() << " must be " << (expected ? "valid" : "invalid");
  }
}

void run_file(const fs::path& file, const std::map<std::string, Json>& remotes,
              const SchemaOptions& options, Tally* tally) {
  for (const Json& group : read_json(file)) {
    run_group(group, file.filename().string(), remotes, options, tally);
  }
}

class SchemaSuite : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string folder = suite_folder();
    if (folder.empty())
      GTEST_SKIP() << "no folder of the suite was named";
    ASSERT_TRUE(find_suite(folder, &suite_)) << "the suite is not in " << folder;
    remotes_ = read_remotes(suite_.remotes);
    ASSERT_FALSE(remotes_.empty());
    options_.tolerate_unknown_keywords = true;
  }

  static void report(const char* what, const Tally& tally) {
    std::printf("%s: %d passed, %d failed\n", what, static_cast<int>(tally.passed),
                static_cast<int>(tally.failed));
    ::testing::Test::RecordProperty("passed", tally.passed);
    ::testing::Test::RecordProperty("failed", tally.failed);
  }

  Suite suite_;
  std::map<std::string, Json> remotes_;
  SchemaOptions options_;
};

TEST_F(SchemaSuite, MandatoryCases) {
  options_.assert_formats = false;
  Tally tally;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(suite_.cases)) {
    if (entry.is_regular_file() && entry.path().extension() == ".json") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    run_file(file, remotes_, options_, &tally);
  report("mandatory draft-07 cases", tally);
  EXPECT_GE(files.size(), 30U);
  EXPECT_GE(tally.passed, 400);
}

// The optional files which cover what the engine offers beyond the mandatory.
TEST_F(SchemaSuite, OptionalCasesOfOfferedFeatures) {
  constexpr std::array<const char*, 14> kFiles = {
      "format/date-time.json", "format/date.json",    "format/time.json",
      "format/email.json",     "format/uri.json",     "format/uri-reference.json",
      "format/ipv4.json",      "format/ipv6.json",    "format/json-pointer.json",
      "format/regex.json",     "format/unknown.json", "bignum.json",
      "float-overflow.json",   "non-bmp-regex.json"};
  Tally tally;
  int files = 0;
  for (const char* name : kFiles) {
    const fs::path file = suite_.cases / "optional" / name;
    if (!fs::exists(file))
      continue;  // older suites have fewer
    ++files;
    run_file(file, remotes_, options_, &tally);
  }
  report("optional draft-07 cases", tally);
  EXPECT_GE(files, 3);
}

}  // namespace
}  // namespace pcsim
