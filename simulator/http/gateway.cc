#include "http/gateway.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "contract/request_schemas.h"
#include "http/authn.h"
#include "http/body.h"
#include "http/render.h"
#include "http/router.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

struct Incoming {
  const Request& request;
  Target target;
  std::string universe_prefix;  ///< from a base path `/~{universe}`
  std::string base_url;
  Surface surface = Surface::PartnerCenter;
  RouteMatch match{};
};

Incoming read(const Request& request) {
  Incoming in{request, {}, {}, {}};
  std::string_view target = request.target;
  if (target.starts_with("/~")) {
    const std::size_t end = std::min(target.find_first_of("/?", 1), target.size());
    in.universe_prefix = target.substr(2, end - 2);
    target.remove_prefix(end);
  }
  in.target = parse_target(target.starts_with('/') ? target : "/" + std::string{target});
  const std::string host{request.headers.find("Host").value_or("localhost")};
  in.base_url = "https://" + host;
  if (!in.universe_prefix.empty()) {
    in.base_url += "/~" + in.universe_prefix;
  }
  in.surface = surface_of(host, in.target.path);
  in.match = route(in.surface, request.method, in.target.path);
  return in;
}

ErrorCode unrouted(const Incoming& in) {
  return in.match.path_known ? ErrorCode::MethodNotAllowed : ErrorCode::NotFound;
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

Result<Reply> run(const Incoming& in, Universe& universe, const Principal& principal, World& world,
                  Env& env, const TokenAuthority& authority) {
  const Operation& row = *in.match.operation;
  if (auto refused = authorise(row, principal, in.match.path, world)) {
    return *std::move(refused);
  }
  nlohmann::json body;
  if (row.surface != Surface::Entra) {
    auto parsed = parse_body(in.request.body);
    if (!parsed) {
      return parsed.error();
    }
    body = std::move(*parsed);
    if (const auto violation = request_violation(row, body)) {
      return request_error(row.surface, *violation);
    }
  }
  const Call call{row,   in.request, in.match.path, in.target.query, body,         principal,
                  world, env,        authority,     in.base_url,     universe.id()};
  return handler_for(row.id)(call);
}

Response answer(const Incoming& in, Universe& universe, const Principal& principal, World& world,
                Env& env, const TokenAuthority& authority) {
  const std::string key = replay_key(in, principal);
  if (!key.empty()) {
    if (const Response* earlier = universe.replay(key, in.request.body, env.now)) {
      Response response = *earlier;
      add_surface_headers(in.surface, in.request, env, response);
      return response;
    }
  }
  auto reply = run(in, universe, principal, world, env, authority);
  Response response = reply ? render_reply(*in.match.operation, std::move(*reply))
                            : render_error(in.surface, reply.error(), env);
  if (!key.empty()) {
    universe.remember(key, in.request.body, response, env.now);
  }
  add_surface_headers(in.surface, in.request, env, response);
  return response;
}

Response refuse(const Incoming& in, Universe& universe, const Error& error) {
  return universe.access([&](World&, Env& env) {
    Response response = render_error(in.surface, error, env);
    add_surface_headers(in.surface, in.request, env, response);
    return response;
  });
}

}  // namespace

Response Gateway::handle(const Request& request) const {
  const Incoming in = read(request);
  std::shared_ptr<Universe> universe = universes_.find(
      in.universe_prefix.empty() ? std::string_view{"main"} : std::string_view{in.universe_prefix});
  const auto fallback = universes_.find("main");
  if (!universe) {
    return refuse(in, *fallback, Error{ErrorCode::UniverseNotFound, {in.universe_prefix}});
  }
  if (in.match.operation == nullptr) {
    return refuse(in, *universe, Error{unrouted(in), {in.request.method, in.target.path}});
  }
  Principal principal;
  if (in.surface == Surface::Entra) {
    const auto tenant = in.match.path.find("tenant");
    if (in.universe_prefix.empty() && tenant != in.match.path.end()) {
      if (auto holder = universes_.holding(tenant->second)) {
        universe = std::move(holder);
      }
    }
  } else {
    auto caller = authenticate(in.surface, request, authority_, universe->now());
    if (!caller) {
      return refuse(in, *universe, caller.error());
    }
    principal = std::move(caller->principal);
    if (auto named = universes_.find(caller->universe)) {
      universe = std::move(named);
    }
  }
  Response response = universe->access([&](World& world, Env& env) {
    return answer(in, *universe, principal, world, env, authority_);
  });
  universe->record(Exchange{std::string{request.headers.find("MS-RequestId").value_or("")},
                            std::string{in.match.operation->name}, request.method, in.target.path,
                            response.status < 400 ? "success" : "refused", response.status,
                            universe->now()});
  return response;
}

}  // namespace pcsim
