#include "http/gateway.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "app/arm/api_version.h"
#include "contract/request_schemas.h"
#include "http/authn.h"
#include "http/body.h"
#include "http/compression.h"
#include "http/documented.h"
#include "http/error_trigger.h"
#include "http/render.h"
#include "http/router.h"
#include "http/universe_choice.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// A request with what its bytes alone say.
struct Incoming {
  const Request& request;
  Target target;
  std::string universe_prefix{};  ///< from a base path `/~{universe}`
  std::string base_url{};
  Surface surface = Surface::PartnerCenter;
  RouteMatch match{};
};

Incoming read(const Request& request) {
  Incoming in{request, parse_target(request.target)};
  if (in.target.path.rfind("/~", 0) == 0) {
    const std::size_t end = in.target.path.find('/', 1);
    in.universe_prefix = in.target.path.substr(2, end == std::string::npos ? end : end - 2);
    in.target.path = end == std::string::npos ? "/" : normal_path(in.target.path.substr(end));
  }
  const std::string_view host = request.headers.find("Host").value_or("localhost");
  in.base_url = "https://";
  in.base_url += host;
  if (!in.universe_prefix.empty()) {
    in.base_url += "/~" + in.universe_prefix;
  }
  in.surface = surface_of(host, in.target.path);
  in.match = route(in.surface, request.method, in.target.path);
  if (in.match.operation != nullptr &&
      documented_before(*in.match.operation, in.target.path) != nullptr) {
    in.match = {};
  }
  return in;
}

/// `fr` and `fr-*` are French; everything else is English.
Locale locale_of(const Request& request) {
  const std::string wanted = lower(request.headers.find("X-Locale").value_or(""));
  return wanted == "fr" || wanted.starts_with("fr-") ? Locale::French : Locale::English;
}

/// What the documentation says of a request that no operation takes.
const InventoryRow* documented_row(const Incoming& in) {
  if (in.match.operation != nullptr || in.surface != Surface::PartnerCenter) {
    return nullptr;
  }
  const std::string_view host = in.request.headers.find("Host").value_or("");
  return documented(in.request.method, host.substr(0, host.find(':')), in.target.path);
}

Error not_simulated(const InventoryRow& row) {
  return Error{ErrorCode::OperationNotSimulated,
               {std::string{row.method}, std::string{row.path}, std::string{row.page},
                std::string{row.tier}},
               {}};
}

using TokenResult = Result<std::shared_ptr<const VerifiedToken>>;

/// Partner Center answers JSON; a client that takes none of it is told so.
std::optional<Error> refused_answer_type(const Incoming& in) {
  const std::string accepted = lower(in.request.headers.find("Accept").value_or("*/*"));
  for (const std::string_view known : {"*/*", "application/*", "json"}) {
    if (accepted.empty() || accepted.find(known) != std::string::npos) {
      return std::nullopt;
    }
  }
  return in.surface == Surface::PartnerCenter ? std::optional{Error{ErrorCode::NotAcceptable}}
                                              : std::nullopt;
}

/// A body of another media type than JSON; a client that names none is believed.
std::optional<Error> refused_media_type(const Request& request) {
  const std::string_view named = request.headers.find("Content-Type").value_or("");
  std::string type = lower(named.substr(0, named.find(';')));
  type.erase(type.find_last_not_of(" \t") + 1);
  if (request.body.empty() || type.empty() || type == "application/json" || type == "text/json" ||
      type.ends_with("+json")) {
    return std::nullopt;
  }
  return Error{ErrorCode::UnsupportedMediaType, {std::move(type)}, {}};
}

bool is_write(const Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

std::string replay_key(const Incoming& in, const Principal& principal) {
  const auto id = in.request.headers.find("MS-RequestId");
  if (in.surface != Surface::PartnerCenter || !is_write(in.request) || !id) {
    return {};
  }
  return principal.tenant_id + "|" + principal.application_id + "|" + principal.object_id + "|" +
         in.request.method + "|" + lower(in.target.path) + "|" + lower(*id);
}

const Principal& principal_of(const VerifiedToken* token) {
  static const Principal nobody;
  return token == nullptr ? nobody : token->principal;
}

/// Carries one request through its universe and leaves the exchange there. What needs neither the
/// world nor its clock is done before the universe is locked, or after.
class Exchanger {
 public:
  Exchanger(const Incoming& in, const TokenAuthority& authority, const Reference& reference)
      : in_(in), authority_(authority), reference_(reference) {
    exchange_.method = in.request.method;
    exchange_.path = in.target.path;
    exchange_.request_id = in.request.headers.find("MS-RequestId").value_or("");
    exchange_.schema = schema_;
    if (in.match.operation != nullptr) {
      exchange_.operation = in.match.operation->name;
    }
  }

  /// The answer to a request of the holder of `token`; null on the sign-in surface.
  Response answer(Universe& universe, const VerifiedToken* token) {
    const Principal& principal = principal_of(token);
    exchange_.principal = principal.user_principal_name.empty() ? principal.application_id
                                                                : principal.user_principal_name;
    const std::string key = replay_key(in_, principal);
    const Result<nlohmann::json> body = read_body(*in_.match.operation);
    return carry(universe, [&](World& world, Env& env, Universe& locked) {
      env.trace = &exchange_.trace;
      const std::uint64_t before = world.writes();
      if (token != nullptr) {
        if (const auto refused = check_token(*in_.match.operation, *token, env)) {
          return shape(*refused, world, env);
        }
      }
      Response response = once({principal, key, body}, world, env, locked);
      exchange_.writes = world.writes() - before;
      if (principal.is_user && asks_about_mfa()) {
        response.headers.add("isMfaCompliant", principal.mfa ? "true" : "false");
      }
      return response;
    });
  }

  /// From here on this request is answered as `trigger` wants.
  void ask_for(const Trigger& trigger) {
    exchange_.note = trigger.note;
    if (trigger.carried) {
      carried_ = trigger.error.code;
    }
  }

  /// The answer to a request that reached no operation or no caller.
  Response refuse(Universe& universe, const Error& error) {
    return carry(universe,
                 [&](World& world, Env& env, Universe&) { return shape(error, world, env); });
  }

 private:
  /// What an operation gets of its request.
  struct Asked {
    const Principal& principal;
    const std::string& replay_key;
    const Result<nlohmann::json>& body;
  };

  /// Answers inside `universe`, then dresses the answer outside of it.
  template <class Answer>
  Response carry(Universe& universe, Answer answer) {
    const Locale locale = locale_of(in_.request);
    Dressing dressing;
    Response response = universe.access([&](World& world, Env& env, Universe& locked) {
      env.locale = locale;
      Response inner = answer(world, env, locked);
      dressing = {env.now, env.ids.next(), env.switches.is({Switch::Compression, "gzip"})};
      exchange_.status = inner.status;
      exchange_.at = env.now;
      locked.record(exchange_);
      return inner;
    });
    IdSource ids{dressing.seed};
    add_surface_headers(in_.surface, in_.request, dressing.now, ids, response);
    if (dressing.compressed) {
      compress(in_.request, response);
    }
    return response;
  }

  /// What the outside of an answer takes from the universe.
  struct Dressing {
    Instant now = 0;
    std::uint64_t seed = 0;  ///< of the identifiers in the headers
    bool compressed = false;
  };

  /// A write with a known request id and body is answered as before, without running again.
  Response once(const Asked& asked, World& world, Env& env, Universe& universe) {
    const std::string& key = asked.replay_key;
    if (key.empty() || carried_) {
      return shape(run(asked, world, env, universe), world, env);
    }
    const auto earlier = universe.replays().find(key, in_.request.body, env.now);
    if (earlier.response != nullptr) {
      exchange_.outcome = "replay";
      return *earlier.response;
    }
    if (earlier.other_body) {
      exchange_.note = "the request id was used before with another body";
    }
    Response response = shape(run(asked, world, env, universe), world, env);
    // A refusal changed nothing, so the same request may be tried again once its cause is gone.
    if (response.status < 300) {
      universe.replays().remember(key, in_.request.body, response, env.now);
    }
    return response;
  }

  /// What the partner's tenant may send in a minute; calls for a customer have a bucket of their
  /// own.
  std::optional<Error> throttled(const Principal& principal, const World& world, const Env& env,
                                 Universe& universe) const {
    const Partner* partner = world.partners.find(principal.tenant_id);
    if (in_.surface != Surface::PartnerCenter || partner == nullptr ||
        partner->requests_per_minute == 0) {
      return std::nullopt;
    }
    const auto customer = in_.match.path.find("customerId");
    const int seconds = universe.throttle().seconds_to_wait(
        principal.tenant_id + "|" +
            (customer == in_.match.path.end() ? std::string{} : lower(customer->second)),
        partner->requests_per_minute, env.now);
    return seconds == 0 ? std::nullopt
                        : std::optional{Error{ErrorCode::RateLimited, {std::to_string(seconds)}}};
  }

  Result<Reply> run(const Asked& asked, World& world, Env& env, Universe& universe) {
    const Operation& row = *in_.match.operation;
    const Principal& principal = asked.principal;
    if (auto refused = throttled(principal, world, env, universe)) {
      return *std::move(refused);
    }
    if (auto refused = refused_answer_type(in_)) {
      return *std::move(refused);
    }
    if (auto refused = authorise(row, principal, in_.match.path, world, env)) {
      return *std::move(refused);
    }
    if (row.surface == Surface::Arm) {
      if (auto refused = refused_api_version(row, in_.target.query)) {
        return *std::move(refused);
      }
    }
    exchange_.schema = std::move(schema_);
    if (!asked.body) {
      return asked.body.error();
    }
    const auto answer = [&](World& of, Env& with) {
      return handler_for(row.id)(Call{row, in_.request, in_.match.path, in_.target.query,
                                      *asked.body, principal, of, with, authority_, in_.base_url,
                                      universe.id(), reference_});
    };
    if (!carried_) {
      return answer(world, env);
    }
    // What was asked for must leave no trace: a copy takes the changes and is thrown away.
    World copy = world;
    IdSource ids = env.ids;
    Env aside{env.now, ids, env.delay, env.switches, env.trace, env.locale};
    PCSIM_TRY(reply, answer(copy, aside));
    return carrying(std::move(reply), *carried_, env.locale);
  }

  /// The body as JSON of the operation's schema; handlers of forms read them themselves. The
  /// verdict counts from when the rules before it are passed.
  Result<nlohmann::json> read_body(const Operation& row) {
    if (row.surface == Surface::Entra || row.id == OperationId::GenerateToken) {
      return nlohmann::json{};
    }
    if (auto refused = refused_media_type(in_.request)) {
      return *std::move(refused);
    }
    PCSIM_TRY(body, parse_body(in_.request.body));
    if (const auto violation = request_violation(row, body)) {
      schema_ = violation->instance_pointer + ": " + violation->message;
      return request_error(row.surface, *violation);
    }
    if (!row.request_schema.empty()) {
      schema_ = "valid";
    }
    return std::move(body);
  }

  Response shape(Result<Reply> reply, const World& world, const Env& env) {
    if (reply) {
      exchange_.outcome = "success";
      return render_reply(*in_.match.operation, std::move(*reply), env.switches);
    }
    exchange_.outcome = error_row(reply.error().code).name;
    exchange_.arguments = reply.error().arguments;
    Response response = render_error(in_.surface, in_.match.operation, reply.error(), env);
    if (in_.surface == Surface::Arm && response.status == 401) {
      response.headers.add(
          "WWW-Authenticate",
          arm_challenge(in_.request, in_.base_url, tenant_of_path(world),
                        error_text(reply.error(), env.locale), claims_asked_by(reply.error())));
    }
    return response;
  }

  bool asks_about_mfa() const {
    return in_.surface == Surface::PartnerCenter &&
           equal_ignoring_case(in_.request.headers.find("ValidateMfa").value_or(""), "true");
  }

  /// The tenant of the subscription in the path: a refusal tells where it lives.
  std::string tenant_of_path(const World& world) const {
    const auto id = in_.match.path.find("subscriptionId");
    const AzureSubscription* found =
        id == in_.match.path.end() ? nullptr : world.azure_subscriptions.find(lower(id->second));
    return found == nullptr ? std::string{"common"} : found->customer_id;
  }

  const Incoming& in_;
  const TokenAuthority& authority_;
  const Reference& reference_;
  Exchange exchange_{};
  std::string schema_{"unchecked"};     ///< what was found of the body
  std::optional<ErrorCode> carried_{};  ///< what a successful answer was asked to hold
};

}  // namespace

Response Gateway::handle(const Request& request) {
  const Incoming in = read(request);
  Exchanger exchanger{in, authority_, reference_};
  auto chosen = choose_universe(universes_, named_universe(request, in.universe_prefix), in.match);
  if (!chosen) {
    return exchanger.refuse(*universes_.find(kMainUniverse), chosen.error());
  }
  const bool signs_in = in.surface == Surface::Entra;
  const auto token = signs_in ? TokenResult{std::shared_ptr<const VerifiedToken>{}}
                              : bearer_token(in.surface, request, tokens_, authority_);
  // From the token on, the token says which universe it is.
  const auto universe = token && *token ? universes_.find((*token)->universe) : *chosen;
  if (const auto trigger = trigger_of(request, in.surface, in.match)) {
    exchanger.ask_for(*trigger);
    if (!trigger->carried) {
      return exchanger.refuse(universe ? *universe : **chosen, trigger->error);
    }
  }
  const InventoryRow* row = documented_row(in);
  if (in.match.operation == nullptr && row == nullptr) {
    const auto method = in.surface == Surface::Arm ? ErrorCode::ArmHttpMethodNotSupported
                                                   : ErrorCode::MethodNotAllowed;
    const auto code = in.match.path_known ? method : ErrorCode::NotFound;
    return exchanger.refuse(**chosen, Error{code, {request.method, in.target.path}, {}});
  }
  if (!token) {
    return exchanger.refuse(**chosen, token.error());
  }
  if (!universe) {
    const bool arm = in.surface == Surface::Arm;
    return exchanger.refuse(
        **chosen, Error{arm ? ErrorCode::ArmInvalidToken : ErrorCode::AccessDenied, {}, {}});
  }
  if (in.match.operation == nullptr) {
    return exchanger.refuse(*universe, not_simulated(*row));
  }
  return exchanger.answer(*universe, token->get());
}

Response Gateway::refuse(const Request& request, const Error& error) {
  const Incoming in = read(request);
  return Exchanger{in, authority_, reference_}.refuse(*universes_.find(kMainUniverse), error);
}

}  // namespace pcsim
