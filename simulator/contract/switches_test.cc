#include "pcsim/switches.h"

#include <gtest/gtest.h>

#include <set>

namespace pcsim {
namespace {

TEST(Switches, NamesAreUniqueAndEachHasAnAlternativeAndASource) {
  std::set<std::string_view> names;
  for (const SwitchRow& row : switch_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_NE(row.options.find('|'), std::string_view::npos) << row.name;
    EXPECT_FALSE(row.summary.empty()) << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
  }
}

TEST(Switches, ChoosesByName) {
  Switches switches;
  EXPECT_TRUE(switches.is({Switch::Bom, "success"}));
  EXPECT_EQ(switches.chosen(Switch::Bom), "success");
  EXPECT_TRUE(switches.choose("bom", "never"));
  EXPECT_TRUE(switches.is({Switch::Bom, "never"}));
  EXPECT_FALSE(switches.choose("bom", "sometimes"));
  EXPECT_FALSE(switches.choose("no-such-switch", "never"));
  EXPECT_EQ(switches.chosen(Switch::Bom), "never");
}

TEST(Switches, ExplainsWhatCouldBeChosen) {
  Switches switches;
  EXPECT_EQ(switches.choose_or_explain("bom", "never"), "");
  EXPECT_EQ(switches.choose_or_explain("bom", "sometimes"),
            "switch 'bom' has no option 'sometimes'; its options are success|never.");
  EXPECT_EQ(switches.choose_or_explain("bomb", "never"),
            "there is no switch 'bomb'; `pcsim switches` lists them.");
}

}  // namespace
}  // namespace pcsim
