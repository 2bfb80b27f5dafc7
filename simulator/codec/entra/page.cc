#include "codec/entra/page.h"

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// The only script there is; its hash stands in the policy below.
constexpr std::string_view kSubmit = "document.forms[0].submit()";
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src "
    "'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='; base-uri 'none'; frame-ancestors "
    "'none'";
constexpr std::string_view kStyle =
    "body{font:16px/1.5 sans-serif;max-width:26em;margin:2em auto;padding:0 1em;color:#1b1b1b;"
    "background:#fff}label{display:block;margin-top:1em}input:not([type=checkbox]){display:block;"
    "width:100%;box-sizing:border-box;font:inherit;padding:.4em;border:1px solid #595959}"
    "button{font:inherit;margin:1.5em 1em 0 0;padding:.4em 1.2em;color:#fff;background:#005a9e;"
    "border:2px solid #005a9e}button[formnovalidate]{color:#005a9e;background:#fff}"
    "[role=alert]{color:#a4262c;font-weight:bold}:focus{outline:3px solid #ffb900}";

void open_document(std::string& out, Locale locale, const std::string& title) {
  out += "<!DOCTYPE html>\n<html lang=\"";
  out += locale == Locale::French ? "fr" : "en";
  out +=
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  out += html_escape(title) + "</title>\n<style>";
  out += kStyle;
  out += "</style>\n</head>\n<body>\n<main>\n<h1>" + html_escape(title) + "</h1>\n";
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string{name} + "=\"" + html_escape(value) + "\"";
}

void add_hidden(std::string& out, const std::string& name, const std::string& value) {
  out += "<input type=\"hidden\"" + attribute("name", name) + attribute("value", value) + ">\n";
}

void add_input(std::string& out, const PageInput& input) {
  const bool check = input.type == "checkbox";
  std::string element = "<input" + attribute("id", input.name) + attribute("name", input.name) +
                        attribute("type", input.type);
  if (!input.value.empty()) {
    element += attribute("value", input.value);
  }
  if (!input.autocomplete.empty()) {
    element += attribute("autocomplete", input.autocomplete);
  }
  element += input.required ? " required>" : ">";
  const std::string label = html_escape(input.label);
  out += "<label" + attribute("for", input.name) + ">" +
         (check ? element + " " + label : label + element) + "</label>\n";
}

/// One range of Accept-Language: its primary language and its weight in thousandths.
struct LanguageRange {
  std::string language{};
  int weight = 1000;
};

LanguageRange range_of(std::string_view text) {
  LanguageRange out;
  const std::size_t semicolon = text.find(';');
  for (const char c : text.substr(0, semicolon)) {
    if (c == '-') {
      break;
    }
    if (c != ' ' && c != '\t') {
      out.language.push_back(c);
    }
  }
  out.language = lower(out.language);
  const std::size_t equals =
      semicolon == std::string_view::npos ? semicolon : text.find("q=", semicolon);
  if (equals == std::string_view::npos) {
    return out;
  }
  // 0.875 is 875 thousandths; the first digit counts thousands.
  out.weight = 0;
  int unit = 1000;
  for (const char c : text.substr(equals + 2)) {
    if (c >= '0' && c <= '9' && unit > 0) {
      out.weight += (c - '0') * unit;
      unit /= 10;
    } else if (c != '.') {
      break;
    }
  }
  return out;
}

}  // namespace

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

std::string render_page(const Page& page) {
  std::string out;
  open_document(out, page.locale, page.title);
  if (!page.error.empty()) {
    out += "<p role=\"alert\">" + html_escape(page.error) + "</p>\n";
  }
  if (!page.lead.empty()) {
    out += "<p>" + html_escape(page.lead) + "</p>\n";
  }
  if (!page.buttons.empty()) {
    out += "<form method=\"post\">\n";
    for (const auto& [name, value] : page.hidden) {
      add_hidden(out, name, value);
    }
    for (const PageInput& input : page.inputs) {
      add_input(out, input);
    }
    for (const PageButton& button : page.buttons) {
      out += "<button type=\"submit\"" + attribute("name", button.name) +
             attribute("value", button.value) + (button.plain ? " formnovalidate>" : ">") +
             html_escape(button.label) + "</button>\n";
    }
    out += "</form>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

std::string render_form_post(Locale locale, std::string_view action,
                             const std::vector<std::pair<std::string, std::string>>& fields) {
  const bool french = locale == Locale::French;
  std::string out;
  open_document(out, locale, french ? "Connexion en cours" : "Signing in");
  out += "<form method=\"post\"" + attribute("action", action) + ">\n";
  for (const auto& [name, value] : fields) {
    add_hidden(out, name, value);
  }
  out += std::string{"<button type=\"submit\">"} + (french ? "Continuer" : "Continue") +
         "</button>\n</form>\n<script>" + std::string{kSubmit} + "</script>\n";
  return out + "</main>\n</body>\n</html>\n";
}

std::string_view page_security_policy() { return kPolicy; }

Locale preferred_locale(std::string_view accept_language) {
  int english = 0;
  int french = 0;
  for (const std::string_view text : split(accept_language, ',')) {
    const LanguageRange range = range_of(text);
    if (range.language == "en" && range.weight > english) {
      english = range.weight;
    } else if (range.language == "fr" && range.weight > french) {
      french = range.weight;
    }
  }
  if (french == english) {
    // Equal weights: the one named first.
    const std::string names = lower(accept_language);
    return french != 0 && names.find("fr") < names.find("en") ? Locale::French : Locale::English;
  }
  return french > english ? Locale::French : Locale::English;
}

}  // namespace pcsim
