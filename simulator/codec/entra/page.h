#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pcsim/error_code.h"

namespace pcsim {

/// An input of a page's form. `type` is a type of the HTML input element.
struct PageInput {
  std::string name, label, type{"text"}, value{}, autocomplete{};
  bool required = true;
};

/// A button that sends the form with its name and value. `plain` ones do not look at the inputs.
struct PageButton {
  std::string name, value, label;
  bool plain = false;
};

/// A page in the language of its reader. Texts are plain; the page escapes them.
struct Page {
  Locale locale = Locale::English;
  std::string title{}, lead{};
  std::string error{};  ///< read out before everything else
  std::vector<std::pair<std::string, std::string>> hidden{};
  std::vector<PageInput> inputs{};
  std::vector<PageButton> buttons{};
};

/// `text` with the characters that mean something in HTML escaped, in attributes too.
std::string html_escape(std::string_view text);

/// The page as HTML that loads nothing and runs nothing.
std::string render_page(const Page& page);

/// A page that posts `fields` to `action` by itself, or by its button where scripts do not run.
std::string render_form_post(Locale locale, std::string_view action,
                             const std::vector<std::pair<std::string, std::string>>& fields);

/// The Content-Security-Policy of all pages: our style, and the one line that posts.
std::string_view page_security_policy();

/// The language a reader wants, from an Accept-Language value: French where it comes before
/// English.
Locale preferred_locale(std::string_view accept_language);

}  // namespace pcsim
