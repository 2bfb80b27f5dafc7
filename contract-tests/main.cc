#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "harness/settings.h"
#include "harness/summary.h"

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--help") == 0) {
      std::fputs(pcsim::contract::settings_help(), stdout);
    }
  }
  ::testing::InitGoogleTest(&argc, argv);
  if (::testing::GTEST_FLAG(list_tests)) {
    return RUN_ALL_TESTS();
  }
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--help") == 0) {
      return RUN_ALL_TESTS();
    }
  }
  const std::string problem = pcsim::contract::read_settings({argv + 1, argv + argc});
  if (!problem.empty()) {
    std::fprintf(stderr, "pcsim-contract: %s\n", problem.c_str());
    return 2;
  }
  ::testing::AddGlobalTestEnvironment(new pcsim::contract::Summary);
  return RUN_ALL_TESTS();
}
