#pragma once

#include <string>
#include <string_view>

#include "app/entra/grant.h"
#include "codec/entra/page.h"

namespace pcsim {

/// What pages say, in one language.
struct PageWords {
  std::string_view sign_in, to_application, user, password, next, cancel, second_factor,
      register_factor, consent_title, consent_lead, for_everybody, accept, device_title,
      device_lead, device_code, approve, decline, device_done, device_declined, signed_out,
      signed_out_lead, failed, device_message;
};

/// The words in the language of the request's Accept-Language.
const PageWords& words_of(const Call& call);

/// An empty page in that language.
Page new_page(const Call& call, std::string_view title);

/// The answer that shows a page.
Reply page_reply(const Page& page);

/// Whether the client asks for pages rather than for data.
bool wants_page(const Call& call);

/// What an error says on a page, with its number.
std::string error_on_page(const Call& call, const Error& error);

/// An error without a way back to the application: a page for people, the error itself for
/// programs.
Result<Reply> shown(const Call& call, Result<Reply> result);

/// The inputs of a name, a password and a second factor; `hint` is the name already known.
void add_sign_in_inputs(const Call& call, const std::string& hint, Page& page);

/// Whether a failed sign-in may be tried again on the same page.
bool may_try_again(ErrorCode code);

// ---- Sessions ----

/// The user of a session, by the cookie the request carries.
struct Session {
  const User* user = nullptr;
  bool mfa = false;
};
Session session_of(const Call& call);

/// The header field that begins a session, or with null ends it.
std::string session_cookie(const Call& call, const User* user, bool mfa);

/// The user that a form signs in, by name and password or by its session, with the second factor
/// that the form confirms. Errors: those of check_password, AadMissingParameter.
Result<Session> signed_in(const Call& call, const Fields& fields, const TenantRef& tenant);

/// Whether the user administers its tenant.
bool is_administrator(const User& user);

}  // namespace pcsim
