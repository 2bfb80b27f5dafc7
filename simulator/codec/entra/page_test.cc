#include "codec/entra/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/entra/form.h"
#include "pcsim/ports.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Page, LanguagesByWeightAndOrder) {
  for (const char* french : {"fr", "fr-FR", "fr-CA,en", "en;q=0.5, fr;q=0.8", "de, fr;q=0.1"}) {
    EXPECT_EQ(preferred_locale(french), Locale::French) << french;
  }
  for (const char* english : {"", "*", "de", "en, fr", "fr;q=0.2,en;q=0.9", "fr;q=0", "xfr;q=1"}) {
    EXPECT_EQ(preferred_locale(english), Locale::English) << english;
  }
}

TEST(Page, NothingThatIsShownIsMarkup) {
  const std::string evil = "\"><script>'&";
  Page page;
  page.title = page.lead = page.error = evil;
  page.hidden = {{evil, evil}};
  page.inputs = {{evil, evil, "text", evil, evil}};
  page.buttons = {{evil, evil, evil}};
  for (const std::string& text :
       {render_page(page), render_form_post(Locale::French, evil, {{evil, evil}})}) {
    EXPECT_THAT(text, Not(HasSubstr("\"><script>'")));
    EXPECT_THAT(text, HasSubstr("&quot;&gt;&lt;script&gt;&#39;&amp;"));
    EXPECT_TRUE(text.starts_with("<!DOCTYPE html>\n<html lang="));
  }
}

TEST(Page, EscapedTextHoldsNoMark) {
  IdSource ids{5};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (std::uint64_t bits = ids.next(); text.size() < 8; bits >>= 8U) {
      text.push_back(static_cast<char>(bits & 0x7FU));
    }
    EXPECT_EQ(html_escape(text).find_first_of("<>\"'"), std::string::npos);
    EXPECT_EQ(percent_decode(percent_encode(text), true), text);
  }
}

TEST(Page, EveryInputHasItsLabel) {
  Page page;
  page.inputs = {{"username", "User", "text", {}, "username"}, {"mfa", "Again", "checkbox", "1"}};
  page.buttons = {{"action", "go", "Go"}};
  const std::string text = render_page(page);
  for (const char* part :
       {"<label for=\"username\">User<input id=\"username\"",
        "<label for=\"mfa\"><input id=\"mfa\"", "autocomplete=\"username\" required>",
        "<button type=\"submit\" name=\"action\""}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

}  // namespace
}  // namespace pcsim
