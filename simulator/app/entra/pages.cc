#include "app/entra/pages.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "domain/users/directory_roles.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kCookie = "ESTSAUTH";
constexpr Instant kSessionLife = 86'400 * kSecond;

constexpr PageWords kEnglish{
    "Sign in",
    "to continue to {0}",
    "User name",
    "Password",
    "Sign in",
    "Cancel",
    "I confirm with my second factor",
    "Register a second factor and confirm with it",
    "Permissions requested",
    "{0} wants to sign you in and to act on your behalf.",
    "Consent on behalf of your organization",
    "Accept",
    "Enter code",
    "Enter the code that your device shows, and sign in.",
    "Code",
    "Sign in",
    "Decline",
    "You have signed in on your device. You may close this window.",
    "The device will not be signed in. You may close this window.",
    "Signed out",
    "You have signed out. It is a good idea to close all browser windows.",
    "Sorry, but we are having trouble signing you in",
    "To sign in, use a web browser to open the page {0} and enter the code {1} to authenticate."};

constexpr PageWords kFrench{
    "Se connecter",
    "pour continuer vers {0}",
    "Nom d’utilisateur",
    "Mot de passe",
    "Se connecter",
    "Annuler",
    "Je confirme avec mon second facteur",
    "Inscrire un second facteur et confirmer avec lui",
    "Autorisations demandées",
    "{0} souhaite vous connecter et agir en votre nom.",
    "Consentir au nom de votre organisation",
    "Accepter",
    "Entrer le code",
    "Entrez le code affiché par votre appareil et connectez-vous.",
    "Code",
    "Se connecter",
    "Refuser",
    "Vous êtes connecté sur votre appareil. Vous pouvez fermer cette fenêtre.",
    "L’appareil ne sera pas connecté. Vous pouvez fermer cette fenêtre.",
    "Déconnecté",
    "Vous êtes déconnecté. Il est conseillé de fermer toutes les fenêtres du navigateur.",
    "Désolé, nous ne parvenons pas à vous connecter",
    "Pour vous connecter, ouvrez la page {0} dans un navigateur web et entrez le code {1} pour "
    "vous authentifier."};

constexpr std::array kSecondTries{ErrorCode::AadUserNotFound,
                                  ErrorCode::AadInvalidCredentials,
                                  ErrorCode::AadPasswordExpired,
                                  ErrorCode::AadMfaRequired,
                                  ErrorCode::AadMfaEnrollmentRequired,
                                  ErrorCode::AadDeviceCodeUnknown,
                                  ErrorCode::AadDeviceCodeExpired,
                                  ErrorCode::AadConditionalAccessBlocked,
                                  ErrorCode::AadExternalChallengeRequired};

/// The value of a cookie; empty when the request has none of that name.
std::string cookie(const Call& call, std::string_view name) {
  const std::string_view header = call.request.headers.find("Cookie").value_or("");
  for (std::string_view pair : split(header, ';')) {
    while (!pair.empty() && pair.front() == ' ') {
      pair.remove_prefix(1);
    }
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return std::string{pair.substr(equals + 1)};
    }
  }
  return {};
}

Locale page_locale(const Call& call) {
  return preferred_locale(call.request.headers.find("Accept-Language").value_or(""));
}

}  // namespace

const PageWords& words_of(const Call& call) {
  return page_locale(call) == Locale::French ? kFrench : kEnglish;
}

Page new_page(const Call& call, std::string_view title) {
  Page page;
  page.locale = page_locale(call);
  page.title = title;
  return page;
}

Reply page_reply(const Page& page) {
  Reply reply;
  reply.json = render_page(page);
  reply.page = true;
  reply.headers.add("Content-Security-Policy", std::string{page_security_policy()});
  reply.headers.add("X-Content-Type-Options", "nosniff");
  reply.headers.add("X-Frame-Options", "DENY");
  reply.headers.add("Referrer-Policy", "no-referrer");
  reply.status = 200;
  return reply;
}

bool wants_page(const Call& call) {
  return lower(call.request.headers.find("Accept").value_or("")).find("text/html") !=
         std::string::npos;
}

std::string error_on_page(const Call& call, const Error& error) {
  const std::string_view code = error_row(error.code).code;
  return "AADSTS" + std::string{code.substr(0, code.find('|'))} + ": " +
         error_text(error, page_locale(call));
}

Result<Reply> shown(const Call& call, Result<Reply> result) {
  if (result || !wants_page(call)) {
    return result;
  }
  Page page = new_page(call, words_of(call).failed);
  page.error = error_on_page(call, result.error());
  Reply reply = page_reply(page);
  reply.status = error_row(result.error().code).status;
  return reply;
}

void add_sign_in_inputs(const Call& call, const std::string& hint, Page& page) {
  const PageWords& words = words_of(call);
  page.inputs.push_back({"username", std::string{words.user}, "text", hint, "username"});
  page.inputs.push_back(
      {"password", std::string{words.password}, "password", {}, "current-password"});
}

bool may_try_again(ErrorCode code) {
  return std::find(kSecondTries.begin(), kSecondTries.end(), code) != kSecondTries.end();
}

Session session_of(const Call& call) {
  const std::string value = cookie(call, kCookie);
  const auto text = value.empty() ? std::nullopt : call.authority.verify(value);
  const Json claims = text ? Json::parse(*text, nullptr, false) : Json();
  if (!claims.is_object() || claims.value("typ", "") != kSessionType ||
      claims.value("pcsim_universe", "") != call.universe_id) {
    return {};
  }
  const User* user = call.world.users.find(lower(claims.value("oid", "")));
  const Instant issued = claims.value("pcsim_issued", Instant{0});
  if (user == nullptr || user->soft_deleted || issued + kSessionLife <= call.env.now ||
      (user->sessions_end && issued < *user->sessions_end)) {
    return {};
  }
  return {user, claims.value("mfa", false)};
}

std::string session_cookie(const Call& call, const User* user, bool mfa) {
  const std::string ends = "; Path=/; Secure; HttpOnly; SameSite=None";
  if (user == nullptr) {
    return std::string{kCookie} + "=; Max-Age=0" + ends;
  }
  const Json claims{{"typ", kSessionType},
                    {"oid", user->id},
                    {"mfa", mfa},
                    {"pcsim_issued", call.env.now},
                    {"pcsim_universe", call.universe_id}};
  return std::string{kCookie} + "=" + call.authority.sign(claims.dump()) + ends;
}

Result<Session> signed_in(const Call& call, const Fields& fields, const TenantRef& tenant) {
  Session session;
  if (field(fields, "username").empty()) {
    session = session_of(call);
    if (session.user == nullptr) {
      return Error{ErrorCode::AadMissingParameter, {"username"}};
    }
    if (!tenant.any && !user_reaches(call.world, *session.user, tenant, true)) {
      return Error{ErrorCode::AadUserNotFound, {"{EmailHidden}", tenant.id}};
    }
  } else {
    PCSIM_TRY(user, check_password(call, fields, tenant, true));
    session = {user, user->mfa};
  }
  const std::string factor = field(fields, "mfa");
  if (factor == "register" && !session.user->mfa_enrolled) {
    const std::string id = session.user->id;
    call.world.users.edit(id)->mfa_enrolled = true;
    session.user = call.world.users.find(id);
  }
  session.mfa = session.mfa || (!factor.empty() && session.user->mfa_enrolled);
  return session;
}

bool is_administrator(const User& user) {
  return (user.roles & kGlobalAdmin) != 0 || has_directory_role(user, kCompanyAdministrator);
}

}  // namespace pcsim
