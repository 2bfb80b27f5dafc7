// Writes docs/rules.md from the rule tables, docs/rules/paragraphs.csv and docs/rules/tests.csv.
// Usage: write_rules [--check] SOURCE_DIR. With --check nothing is written, and the program fails
// when the file differs, a rule lacks a test that violates or one that satisfies it, a row names
// a rule or a test that does not exist, or a unit test whose file does not name the rule it breaks.
// What contract tests break and satisfy, pcsim-contract observes when it runs.
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "codec/csv_file.h"
#include "domain/rule_tables.h"
#include "pcsim/text.h"

namespace {

namespace fs = std::filesystem;
using pcsim::CsvFile;

std::string read(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

struct Tests {
  std::string violated_by{}, satisfied_by{};
};

/// What the document is made of, and what is wrong with it.
struct Book {
  std::map<std::string, Tests> tests{};               ///< by rule
  std::set<std::string> known_tests{};                ///< `Suite.Name` of all tests in the sources
  std::map<std::string, std::string> unit_sources{};  ///< what the file of a unit test says
  std::vector<std::string> wrong{};

  void expect(bool holds, const std::string& sentence) {
    if (!holds) {
      wrong.push_back(sentence);
    }
  }
  bool exists(const std::string& test) const {
    return known_tests.count(test.substr(0, test.find('/'))) != 0;
  }
  /// A unit test looks for the rule by name in the trace it leaves.
  bool names(const std::string& test, const std::string& rule) const {
    const auto source = unit_sources.find(test.substr(0, test.find('/')));
    return source == unit_sources.end() ||
           source->second.find('"' + rule + '"') != std::string::npos;
  }
};

/// The tests a source file declares: TEST(Suite, Name) and its kin.
void add_tests(const std::string& text, std::set<std::string>& out) {
  for (std::size_t at = text.find("\nTEST"); at != std::string::npos;
       at = text.find("\nTEST", at + 1)) {
    const auto open = text.find('(', at);
    const auto comma = text.find(',', open);
    const auto close = text.find(')', open);
    if (comma == std::string::npos || comma > close) {
      continue;
    }
    const auto name = text.find_first_not_of(" \n", comma + 1);
    out.insert(text.substr(open + 1, comma - open - 1) + "." + text.substr(name, close - name));
  }
}

void find_tests(const fs::path& root, Book& book) {
  for (const char* folder : {"simulator", "contract-tests"}) {
    for (auto entry = fs::recursive_directory_iterator(root / folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
      if (entry->path().filename() == "node_modules") {
        entry.disable_recursion_pending();
      } else if (entry->path().extension() == ".cc") {
        const std::string text = read(entry->path());
        std::set<std::string> tests;
        add_tests(text, tests);
        for (const std::string& test : tests) {
          if (folder == std::string_view{"simulator"}) {
            book.unit_sources[test] = text;
          } else {  // of two tests of one name the observed one is meant
            book.unit_sources.erase(test);
          }
        }
        book.known_tests.merge(tests);
      }
    }
  }
}

std::string code(const std::string& text) { return "`" + text + "`"; }

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    out += (out.empty() ? "" : ", ") + part;
  }
  return out;
}

std::vector<std::string> listed(const std::string& cell) {
  std::vector<std::string> out;
  for (const std::string_view part : pcsim::split(cell, ';')) {
    if (!part.empty()) {
      out.emplace_back(part);
    }
  }
  return out;
}

/// The table of one paragraph file, by page.
void write_pages(const CsvFile& file, Book& book, std::ostream& out) {
  std::string page;
  for (const pcsim::CsvRow& row : file.rows()) {
    const auto cell = [&](const char* name) { return file.cell(row, name); };
    if (cell("page") != page) {
      page = cell("page");
      out << "\n### " << page
          << "\n\n| heading | paragraph | subject | rule | test |\n|---|---|---|---|---|\n";
    }
    const std::string where = page + ", " + cell("heading") + " " + cell("paragraph");
    const std::string kind = cell("kind");
    std::vector<std::string> rules;
    std::vector<std::string> tests;
    std::set<std::string> shown;
    const auto add_test = [&](const std::string& test) {
      book.expect(book.exists(test), where + ": there is no test " + test);
      if (shown.insert(test).second) {
        tests.push_back(code(test));
      }
    };
    for (const std::string& rule : listed(cell("rules"))) {
      const auto found = book.tests.find(rule);
      book.expect(found != book.tests.end(), where + ": there is no rule " + rule);
      rules.push_back(code(rule));
      if (found != book.tests.end()) {
        add_test(found->second.violated_by);
        add_test(found->second.satisfied_by);
      }
    }
    for (const std::string& test : listed(cell("tests"))) {
      add_test(test);
    }
    book.expect(kind != "rule" || !rules.empty(), where + ": names no rule");
    book.expect(kind != "behaviour" || !tests.empty(), where + ": names no test");
    book.expect(kind == "rule" || kind == "behaviour" || kind == "portal" || kind == "text",
                where + ": unknown kind " + kind);
    const std::string decided = kind == "portal" ? "not yet simulated"
                                : kind == "text" ? "nothing to decide"
                                : rules.empty()  ? "behaviour"
                                                 : joined(rules);
    out << "| " << cell("heading") << " | " << cell("paragraph") << " | " << cell("subject")
        << " | " << decided << " | " << joined(tests) << " |\n";
  }
}

void write_rules(const std::vector<pcsim::RuleRow>& rows, Book& book, std::ostream& out) {
  std::string_view table;
  for (const pcsim::RuleRow& row : rows) {
    if (row.table != table) {
      table = row.table;
      out << "\n### " << table
          << "\n\n| rule | error | violated by | satisfied by |\n|---|---|---|---|\n";
    }
    std::vector<std::string> errors;
    for (const pcsim::ErrorCode error : row.errors) {
      const std::string name = code(std::string{pcsim::error_row(error).name});
      if (errors.empty() || errors.back() != name) {
        errors.push_back(name);
      }
    }
    const std::string name{row.name};
    const Tests& tests = book.tests[name];
    for (const std::string& test : {tests.violated_by, tests.satisfied_by}) {
      book.expect(!test.empty() && book.exists(test),
                  "rule '" + name + "' of '" + std::string{row.table} +
                      "' lacks a test that violates or satisfies it" +
                      (test.empty() ? "" : ": there is no " + test));
    }
    book.expect(book.names(tests.violated_by, name),
                "rule '" + name + "': the file of " + tests.violated_by + " does not name it");
    out << "| " << name << " | " << (errors.empty() ? "see the table" : joined(errors)) << " | "
        << code(tests.violated_by) << " | " << code(tests.satisfied_by) << " |\n";
  }
}

template <std::size_t N>
CsvFile open(const fs::path& path, const std::array<std::string_view, N>& columns, Book& book) {
  auto parsed = CsvFile::parse(read(path), columns);
  if (const auto* failure = std::get_if<pcsim::DataFailure>(&parsed)) {
    book.wrong.push_back(sentence(path.string(), *failure));
    return {};
  }
  return std::get<CsvFile>(std::move(parsed));
}

std::string document(const fs::path& root, Book& book) {
  constexpr std::array<std::string_view, 7> kParagraphs{"page", "heading", "paragraph", "subject",
                                                        "kind", "rules",   "tests"};
  constexpr std::array<std::string_view, 3> kTests{"rule", "violated_by", "satisfied_by"};
  const CsvFile tests = open(root / "docs/rules/tests.csv", kTests, book);
  for (const pcsim::CsvRow& row : tests.rows()) {
    book.tests[tests.cell(row, "rule")] = {tests.cell(row, "violated_by"),
                                           tests.cell(row, "satisfied_by")};
  }
  const auto rows = pcsim::rule_rows();
  std::set<std::string> names;
  for (const pcsim::RuleRow& row : rows) {
    names.insert(std::string{row.name});
  }
  for (const auto& [rule, pair] : book.tests) {
    book.expect(names.count(rule) != 0,
                "docs/rules/tests.csv names '" + rule +
                    "', which is in no table of simulator/domain/rule_tables.cc");
  }
  find_tests(root, book);
  std::ostringstream out;
  out << "# Rules\n\n"
         "Written by `write_rules` from the rule tables and the files of `docs/rules/`; a test "
         "compares it.\n\n"
         "## Pages\n\n"
         "The public pages this simulator began with, paragraph by paragraph. What belongs to the "
         "Azure portal is\n\"not yet simulated\". The tests of a rule come with it.\n";
  write_pages(open(root / "docs/rules/paragraphs.csv", kParagraphs, book), book, out);
  out << "\n## Tables\n\nEvery rule with the error of its refusal, a test that breaks it and one "
         "in which it holds.\n";
  write_rules(rows, book, out);
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  const bool check = argc == 3 && std::strcmp(argv[1], "--check") == 0;
  if (argc != (check ? 3 : 2)) {
    std::fputs("usage: write_rules [--check] SOURCE_DIR\n", stderr);
    return 2;
  }
  const fs::path root{argv[argc - 1]};
  Book book;
  const std::string text = document(root, book);
  const fs::path target = root / "docs/rules.md";
  if (check) {
    book.expect(read(target) == text, "docs/rules.md is not what write_rules writes; run it");
  } else {
    std::ofstream{target, std::ios::binary} << text;
  }
  for (const std::string& sentence : book.wrong) {
    std::fprintf(stderr, "write_rules: %s\n", sentence.c_str());
  }
  return book.wrong.empty() ? 0 : 1;
}
