#include "harness/settings.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

namespace pcsim::contract {
namespace {

Settings& mutable_settings() {
  static Settings instance;
  return instance;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

}  // namespace

const Settings& settings() { return mutable_settings(); }

std::string read_settings(const std::vector<std::string>& arguments) {
  Settings& out = mutable_settings();
  out = {};
  out.binary = variable("PCSIM_BINARY");
  out.base_url = variable("PCSIM_BASE_URL");
  out.ready_file = variable("PCSIM_READY_FILE");
  out.exact_lists = !variable("PCSIM_EXACT_LISTS").empty();
  const std::string filter = ::testing::GTEST_FLAG(filter);
  out.filtered = !filter.empty() && filter != "*";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--tolerate-unknown-members") {
      out.tolerate_unknown_members = true;
      continue;
    }
    std::string* target = arguments[i] == "--base-url"           ? &out.base_url
                          : arguments[i] == "--ready-file"       ? &out.ready_file
                          : arguments[i] == "--write-rule-tests" ? &out.write_rule_tests
                                                                 : nullptr;
    if (target == nullptr) {
      return "unknown option '" + arguments[i] + "'; --help lists the options.";
    }
    if (++i == arguments.size()) {
      return "option " + arguments[i - 1] + " needs a value.";
    }
    *target = arguments[i];
  }
  if (out.ready_file.empty() && out.binary.empty()) {
    return "set PCSIM_BINARY to the simulator to start, or name a running one with --ready-file.";
  }
  while (!out.base_url.empty() && out.base_url.back() == '/') {
    out.base_url.pop_back();
  }
  return {};
}

void inexact(const std::string& what) {
  if (settings().exact_lists) {
    ADD_FAILURE() << what;
  } else {
    std::printf("contract: %s\n", what.c_str());
  }
}

const char* settings_help() {
  return "usage: pcsim-contract [options] [GoogleTest options]\n"
         "  --ready-file FILE            of a running simulator (PCSIM_READY_FILE); without it "
         "the\n"
         "                               program PCSIM_BINARY is started\n"
         "  --base-url URL               where its API answers, instead of the ready file's\n"
         "                               (PCSIM_BASE_URL)\n"
         "  --tolerate-unknown-members   answers may hold members that no schema names\n"
         "  --write-rule-tests FILE      note which test violates and which satisfies each rule\n"
         "Coverage is compared with the declaration unless --gtest_filter selects tests.\n\n";
}

}  // namespace pcsim::contract
