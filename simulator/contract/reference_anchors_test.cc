// Every `docs/reference/page.md#heading` that the sources cite is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "pcsim/source_dir.h"

namespace pcsim {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot{PCSIM_SOURCE_DIR};
constexpr std::string_view kFolder = "docs/reference/";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The anchor a heading gets: lower case, blanks as dashes, nothing but letters, digits, dashes.
std::string anchor_of(std::string_view heading) {
  std::string out;
  for (const char c : heading) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
      out += c;
    } else if (c == ' ') {
      out += '-';
    }
  }
  return out;
}

std::set<std::string> anchors_of(const std::string& page) {
  std::set<std::string> out;
  std::string_view text{page};
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto level = line.find_first_not_of('#');
    if (level != std::string_view::npos && level > 0 && line[level] == ' ') {
      out.insert(anchor_of(line.substr(level + 1)));
    }
  }
  return out;
}

/// The citations in a text, each `page.md#anchor`.
std::set<std::string> citations_of(const std::string& text) {
  std::set<std::string> out;
  for (auto at = text.find(kFolder); at != std::string::npos; at = text.find(kFolder, at + 1)) {
    const auto start = at + kFolder.size();
    const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.#", start);
    std::string citation = text.substr(start, end == std::string::npos ? end : end - start);
    while (citation.ends_with('.')) {
      citation.pop_back();
    }
    if (citation.find(".md#") != std::string::npos) {
      out.insert(citation);
    }
  }
  return out;
}

/// Why a citation leads nowhere, or an empty text.
std::string problem(const std::string& citation) {
  const auto hash = citation.find('#');
  const auto page = kRoot / kFolder / citation.substr(0, hash);
  if (!fs::exists(page)) {
    return "there is no such page";
  }
  return anchors_of(read(page)).contains(citation.substr(hash + 1)) ? "" : "no such heading";
}

TEST(ReferenceAnchors, EveryCitedHeadingExists) {
  std::size_t seen = 0;
  for (const char* folder : {"include", "simulator", "fixtures"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (!entry.is_regular_file() || entry.path().filename() == "reference_anchors_test.cc") {
        continue;
      }
      for (const auto& citation : citations_of(read(entry.path()))) {
        EXPECT_EQ(problem(citation), "") << entry.path() << " cites " << citation;
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 0U);
}

TEST(ReferenceAnchors, HeadingsAndCitationsAreRead) {
  EXPECT_EQ(anchors_of("# A b\n\n## Who's there?\ntext # no\n"),
            (std::set<std::string>{"a-b", "whos-there"}));
  EXPECT_EQ(citations_of("x docs/reference/a.md#b-c. docs/reference/d.md"),
            std::set<std::string>{"a.md#b-c"});
  EXPECT_EQ(problem("protocol.md#nowhere"), "no such heading");
  EXPECT_EQ(problem("nowhere.md#a"), "there is no such page");
}

}  // namespace
}  // namespace pcsim
