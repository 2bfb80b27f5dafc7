// The declaration against the sources, where they are at hand: an error that code mentions is
// listed by some operation.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "contract/coverage.h"
#include "pcsim/operation.h"
#include "pcsim/source_dir.h"

namespace pcsim::contract {
namespace {

namespace fs = std::filesystem;

/// Words of the sources from which answers come.
std::set<std::string> words() {
  std::set<std::string> out;
  for (const char* folder : {"app", "codec", "domain", "http"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path{PCSIM_SOURCE_DIR} / "simulator" / folder)) {
      const std::string path = entry.path().string();
      if (!path.ends_with(".cc") || path.ends_with("_test.cc")) {
        continue;
      }
      std::ifstream stream{path};
      std::string word;
      for (auto at = std::istreambuf_iterator<char>{stream}; at != std::istreambuf_iterator<char>{};
           ++at) {
        const char c = *at;
        if (c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
            (c >= 'A' && c <= 'Z')) {
          word += c;
        } else if (!word.empty()) {
          out.insert(std::move(word));
          word.clear();
        }
      }
    }
  }
  return out;
}

TEST(Declaration, ErrorsOfTheSourcesAreListed) {
  if (!fs::exists(fs::path{PCSIM_SOURCE_DIR} / "simulator")) {
    GTEST_SKIP() << "the sources are elsewhere";
  }
  std::set<ErrorCode> listed;
  for (const Operation& row : operations()) {
    for (const ErrorCode error : expected_errors(row)) {
      listed.insert(error);
    }
  }
  listed.insert(unrouted_errors().begin(), unrouted_errors().end());
  const auto mentioned = words();
  for (std::size_t i = 0; i < error_count(); ++i) {
    const auto error = static_cast<ErrorCode>(i);
    if (mentioned.contains(std::string{error_row(error).name})) {
      EXPECT_TRUE(listed.contains(error))
          << error_row(error).name << " is answered by no operation of errors.def";
    }
  }
}

TEST(Declaration, TextsOfErrorsGoThroughTheLocale) {
  if (!fs::exists(fs::path{PCSIM_SOURCE_DIR} / "simulator")) {
    GTEST_SKIP() << "the sources are elsewhere";
  }
  EXPECT_FALSE(words().contains("text_en")) << "error_text knows the language of the answer";
}

}  // namespace
}  // namespace pcsim::contract
