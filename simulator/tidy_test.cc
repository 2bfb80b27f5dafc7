// House rules that the compiler does not see: include floors, banned calls, file length.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pcsim/source_dir.h"

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLines = 500;

struct Finding {
  std::string path;
  std::size_t line = 0;
  std::string rule;
};

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.path << ":" << finding.line << ": " << finding.rule;
}

struct Floor {
  std::string_view module;
  int height;
};

constexpr std::array kFloors = {
    Floor{"contract", 1}, Floor{"domain", 1},  Floor{"store", 2},
    Floor{"codec", 2},    Floor{"app", 3},     Floor{"http", 4},
    Floor{"ui", 5},       Floor{"control", 5}, Floor{"server", 6},
};

// The floor of a module, 0 for the public headers, none for anything else.
std::optional<int> height_of(std::string_view module) {
  if (module == "pcsim") {
    return 0;
  }
  const auto* found = std::ranges::find(kFloors, module, &Floor::module);
  return found == kFloors.end() ? std::nullopt : std::optional(found->height);
}

// "simulator/http/router.h" and "http/router.h" are both in http.
std::string_view module_of(std::string_view path) {
  for (const std::string_view top : {"simulator/", "include/"}) {
    if (path.starts_with(top)) {
      path.remove_prefix(top.size());
    }
  }
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_any(std::string_view path, std::initializer_list<std::string_view> paths) {
  return std::ranges::find(paths, path) != paths.end();
}

// Blanks comments and the insides of literals, and keeps every line end, so that a rule about
// calls does not see them in prose. Include lines keep their path.
class CodeOnly {
 public:
  explicit CodeOnly(std::string_view text) : text_(text), out_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (ahead("//")) {
        blank_until(text_.find('\n', at_));
      } else if (ahead("/*")) {
        blank_until(after(text_.find("*/", at_ + 2), 2));
      } else if (ahead("#include")) {
        skip_until(text_.find('\n', at_));
      } else if (ahead("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) {
        raw_literal();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !digit_separator())) {
        literal(text_[at_]);
      } else {
        ++at_;
      }
    }
    return out_;
  }

 private:
  bool ahead(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool digit_separator() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  static std::size_t after(std::size_t at, std::size_t length) {
    return at == std::string_view::npos ? at : at + length;
  }

  void skip_until(std::size_t end) { at_ = std::min(end, text_.size()); }

  void blank_until(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) {
      if (text_[at_] != '\n') {
        out_[at_] = ' ';
      }
    }
  }

  void raw_literal() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      return skip_until(open);
    }
    const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    blank_until(after(text_.find(close, open), close.size()));
  }

  void literal(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2U : 1U;
    }
    ++at_;
    blank_until(end);
    skip_until(after(at_, 1));
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
};

// True when `call` is in `line` and no longer name holds it.
bool mentions(std::string_view line, std::string_view call) {
  for (std::size_t at = line.find(call); at != std::string_view::npos;
       at = line.find(call, at + 1)) {
    const std::size_t end = at + call.size();
    const bool opens = at == 0 || !is_word(line[at - 1]) || !is_word(call.front());
    const bool closes = end == line.size() || !is_word(line[end]) || !is_word(call.back());
    if (opens && closes) {
      return true;
    }
  }
  return false;
}

bool mentions_any(std::string_view line, std::initializer_list<std::string_view> calls) {
  return std::ranges::any_of(calls, [line](std::string_view call) { return mentions(line, call); });
}

// The path an include line names, without its quotes or brackets.
std::optional<std::string_view> included(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with("#include")) {
    return std::nullopt;
  }
  const std::size_t open = line.find_first_of("<\"");
  const std::size_t close = line.find_last_of(">\"");
  if (open == std::string_view::npos || close <= open) {
    return std::nullopt;
  }
  return line.substr(open + 1, close - open - 1);
}

class Inspector {
 public:
  explicit Inspector(std::string_view path)
      : path_(path),
        module_(module_of(path)),
        header_(path.ends_with(".h")),
        outside_(path.starts_with("contract-tests/")),
        tool_(path.starts_with("simulator/tools/")) {}

  std::vector<Finding> run(std::string_view content) {
    const std::string code = CodeOnly(content).run();
    std::size_t from = 0;
    while (from < code.size()) {
      ++line_;
      const std::size_t end = std::min(code.find('\n', from), code.size());
      inspect_line(std::string_view(code).substr(from, end - from));
      inspect_prose(content.substr(from, end - from));
      from = end + 1;
    }
    if (line_ > kMaxLines) {
      report("file is longer than " + std::to_string(kMaxLines) + " lines");
    }
    return std::move(findings_);
  }

 private:
  void report(std::string rule) {
    findings_.push_back({std::string(path_), line_, std::move(rule)});
  }

  void report_if(bool broken, const char* rule) {
    if (broken) {
      report(rule);
    }
  }

  void inspect_line(std::string_view line) {
    if (const auto header = included(line)) {
      inspect_include(*header);
      return;
    }
    report_if(path_ != "simulator/server/system_clock.cc" &&
                  mentions_any(line, {"system_clock::now", "time(nullptr)", "time(NULL)", "time(0)",
                                      "clock_gettime", "gettimeofday"}),
              "reads the system clock");
    report_if(
        !is_any(path_, {"simulator/server/system_entropy.cc", "simulator/server/certificates.cc",
                        "simulator/server/token_signer.cc"}) &&
            mentions_any(line, {"std::random_device", "RAND_bytes"}),
        "draws system entropy");
    report_if(mentions_any(line, {"std::regex", "std::smatch", "std::cmatch"}), "uses std::regex");
    report_if(is_lowest() && mentions_any(line, {"nlohmann::", "httplib::"}),
              "uses JSON or HTTP below the codec");
    report_if(path_.starts_with("simulator/domain/") && mentions(line, "default:"),
              "switch with a default in the domain");
    report_if(header_ && mentions(line, "using namespace"), "using namespace in a header");
    report_if(!prints() && mentions(line, "std::cout"), "prints to std::cout");
  }

  void inspect_include(std::string_view header) {
    const bool json = header.starts_with("nlohmann/");
    const bool http = header.starts_with("httplib");
    const auto own = height_of(module_);
    const auto other = height_of(module_of(header));
    report_if(own && other && *other > *own, "includes a higher floor");
    report_if(outside_ && other && *other > 1, "contract test includes the simulator's inside");
    report_if(header == "regex", "uses std::regex");
    report_if(header_ && json && header != "nlohmann/json_fwd.hpp",
              "header includes JSON other than json_fwd.hpp");
    report_if(is_lowest() && (json || http), "uses JSON or HTTP below the codec");
    report_if(http && !outside_ && module_ != "server" && module_ != "bench",
              "includes httplib outside the server");
  }

  void inspect_prose(std::string_view line) {
    // Written in halves, so that this file passes its own rule.
    report_if(mentions_any(line, {"TO"
                                  "DO",
                                  "FIX"
                                  "ME"}),
              "unfinished work");
  }

  bool is_lowest() const { return module_ == "domain" || module_ == "store"; }

  // Programs print; the modules below them do not.
  bool prints() const {
    const bool command = path_.starts_with("simulator/server/") &&
                         (path_.ends_with("/main.cc") || path_.find("command") != path_.npos);
    return command || outside_ || tool_ || path_.starts_with("simulator/bench/");
  }

  std::string_view path_;
  std::string_view module_;
  bool header_;
  bool outside_;
  bool tool_;
  std::size_t line_ = 0;
  std::vector<Finding> findings_;
};

// What breaks a rule in one file; `path` is relative to the repository.
std::vector<Finding> inspect(std::string_view path, std::string_view content) {
  return Inspector(path).run(content);
}

std::vector<std::string> rules(std::string_view path, std::string_view content) {
  std::vector<std::string> out;
  for (const Finding& finding : inspect(path, content)) {
    out.push_back(finding.rule);
  }
  return out;
}

std::vector<fs::path> our_files() {
  const fs::path root = PCSIM_SOURCE_DIR;
  std::vector<fs::path> out;
  for (const char* folder : {"include", "simulator", "contract-tests"}) {
    if (!fs::is_directory(root / folder)) {
      continue;
    }
    for (auto entry = fs::recursive_directory_iterator(root / folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
      const fs::path& path = entry->path();
      if (path.filename() == "node_modules" || path.filename() == "oracles") {
        entry.disable_recursion_pending();
      } else if (path.extension() == ".cc" || path.extension() == ".h") {
        out.push_back(path.lexically_relative(root));
      }
    }
  }
  std::ranges::sort(out);
  return out;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Tidy, EveryFileKeepsTheRules) {
  const std::vector<fs::path> files = our_files();
  ASSERT_FALSE(files.empty());
  for (const fs::path& file : files) {
    std::ifstream in(fs::path(PCSIM_SOURCE_DIR) / file, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    for (const Finding& finding : inspect(file.generic_string(), content)) {
      ADD_FAILURE() << finding;
    }
  }
}

TEST(Tidy, FindsUpwardIncludes) {
  EXPECT_THAT(inspect("simulator/app/a.cc", "\n#include \"http/router.h\"\n"),
              ElementsAre(::testing::Field(&Finding::line, 2U)));
  const char* rule = "includes a higher floor";
  EXPECT_THAT(rules("simulator/http/a.h", "#include \"simulator/control/b.h\""), ElementsAre(rule));
  EXPECT_THAT(rules("simulator/control/a.h", "#include \"server/b.h\""), ElementsAre(rule));
  EXPECT_THAT(rules("simulator/store/a.h", "#include \"app/b.h\""), ElementsAre(rule));
  EXPECT_THAT(rules("simulator/domain/a.h", "#include \"codec/b.h\""), ElementsAre(rule));
  EXPECT_THAT(rules("include/pcsim/a.h", "#include \"domain/b.h\""), ElementsAre(rule));
  EXPECT_THAT(rules("simulator/server/a.cc", "#include \"domain/b.h\""), IsEmpty());
  EXPECT_THAT(rules("simulator/domain/a.cc", "#include \"pcsim/text.h\""), IsEmpty());
  EXPECT_THAT(rules("simulator/domain/a.cc", "// #include \"http/b.h\""), IsEmpty());
}

TEST(Tidy, FindsInsideHeadersInContractTests) {
  EXPECT_THAT(rules("contract-tests/a.cc", "#include \"store/store.h\""),
              ElementsAre("contract test includes the simulator's inside"));
  EXPECT_THAT(rules("contract-tests/a.cc", "#include \"pcsim/text.h\"\n#include <httplib.h>"),
              IsEmpty());
}

TEST(Tidy, FindsClockReads) {
  const char* rule = "reads the system clock";
  for (const char* code : {"auto t = std::chrono::system_clock::now();", "time(nullptr);",
                           "clock_gettime(CLOCK_REALTIME, &t);"}) {
    EXPECT_THAT(rules("simulator/app/a.cc", code), ElementsAre(rule)) << code;
    EXPECT_THAT(rules("simulator/server/system_clock.cc", code), IsEmpty()) << code;
  }
  EXPECT_THAT(rules("simulator/app/a.cc", "set_time(nullptr);"), IsEmpty());
}

TEST(Tidy, FindsEntropy) {
  for (const char* code : {"std::random_device seed;", "RAND_bytes(p, 16);"}) {
    EXPECT_THAT(rules("simulator/app/a.cc", code), ElementsAre("draws system entropy"));
    for (const char* path : {"system_entropy.cc", "certificates.cc", "token_signer.cc"}) {
      EXPECT_THAT(rules(std::string("simulator/server/") + path, code), IsEmpty());
    }
  }
}

TEST(Tidy, FindsRegex) {
  EXPECT_THAT(rules("simulator/server/a.cc", "#include <regex>\nstd::regex r;"),
              ElementsAre("uses std::regex", "uses std::regex"));
}

TEST(Tidy, FindsJsonInHeaders) {
  EXPECT_THAT(rules("simulator/codec/a.h", "#include <nlohmann/json.hpp>"),
              ElementsAre("header includes JSON other than json_fwd.hpp"));
  EXPECT_THAT(rules("simulator/codec/a.h", "#include <nlohmann/json_fwd.hpp>"), IsEmpty());
  EXPECT_THAT(rules("simulator/codec/a.cc", "#include <nlohmann/json.hpp>"), IsEmpty());
}

TEST(Tidy, FindsJsonAndHttpBelowTheCodec) {
  const char* rule = "uses JSON or HTTP below the codec";
  for (const char* path : {"simulator/domain/a.cc", "simulator/store/a.cc"}) {
    EXPECT_THAT(rules(path, "#include <nlohmann/json_fwd.hpp>"), ElementsAre(rule));
    EXPECT_THAT(rules(path, "nlohmann::json j;"), ElementsAre(rule));
    EXPECT_THAT(rules(path, "#include <httplib.h>"),
                ElementsAre(rule, "includes httplib outside the server"));
  }
}

TEST(Tidy, FindsHttplibOutsideTheServer) {
  EXPECT_THAT(rules("simulator/http/a.cc", "#include <httplib.h>"),
              ElementsAre("includes httplib outside the server"));
  EXPECT_THAT(rules("simulator/server/a.cc", "#include <httplib.h>"), IsEmpty());
  EXPECT_THAT(rules("simulator/bench/a.cc", "#include <httplib.h>"), IsEmpty());
}

TEST(Tidy, FindsDefaultInTheDomain) {
  EXPECT_THAT(rules("simulator/domain/a.cc", "    default: break;"),
              ElementsAre("switch with a default in the domain"));
  EXPECT_THAT(rules("simulator/domain/a.h", "A() = default;"), IsEmpty());
  EXPECT_THAT(rules("simulator/app/a.cc", "    default: break;"), IsEmpty());
}

TEST(Tidy, FindsUsingNamespaceInHeaders) {
  EXPECT_THAT(rules("simulator/app/a.h", "using namespace std;"),
              ElementsAre("using namespace in a header"));
  EXPECT_THAT(rules("simulator/app/a.cc", "using namespace std::chrono_literals;"), IsEmpty());
}

TEST(Tidy, FindsPrinting) {
  EXPECT_THAT(rules("simulator/app/a.cc", "std::cout << 1;"), ElementsAre("prints to std::cout"));
  EXPECT_THAT(rules("simulator/server/tls.cc", "std::cout << 1;"),
              ElementsAre("prints to std::cout"));
  EXPECT_THAT(rules("simulator/server/main.cc", "std::cout << 1;"), IsEmpty());
  EXPECT_THAT(rules("simulator/server/serve_command.cc", "std::cout << 1;"), IsEmpty());
}

TEST(Tidy, FindsLongFiles) {
  std::string text;
  for (std::size_t i = 0; i < kMaxLines; ++i) {
    text += "\n";
  }
  EXPECT_THAT(rules("simulator/app/a.cc", text), IsEmpty());
  EXPECT_THAT(rules("simulator/app/a.cc", text + "\n"),
              ElementsAre("file is longer than 500 lines"));
}

TEST(Tidy, FindsUnfinishedWork) {
  EXPECT_THAT(rules("simulator/app/a.cc",
                    "// TO"
                    "DO: later"),
              ElementsAre("unfinished work"));
  EXPECT_THAT(rules("simulator/app/a.cc",
                    "int x;  // FIX"
                    "ME"),
              ElementsAre("unfinished work"));
}

TEST(Tidy, IgnoresProseAndLiterals) {
  EXPECT_THAT(rules("simulator/app/a.cc", "// std::regex is banned\n/* std::cout\n */"), IsEmpty());
  EXPECT_THAT(rules("simulator/app/a.cc", "auto s = \"a \\\" std::regex\";"), IsEmpty());
  EXPECT_THAT(rules("simulator/app/a.cc", "auto s = R\"x(std::regex \")\")x\";"), IsEmpty());
  EXPECT_THAT(rules("simulator/app/a.cc", "auto c = '\"'; std::regex r;"),
              ElementsAre("uses std::regex"));
  EXPECT_THAT(rules("simulator/app/a.cc", "auto n = 1'000; std::regex r;"),
              ElementsAre("uses std::regex"));
}

}  // namespace
