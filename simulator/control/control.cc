#include "control/control.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "codec/entra/form.h"
#include "contract/schema_library.h"
#include "control/control_call.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;

/// A body has to be small enough to hold a world file.
constexpr int kDeepest = 100;

using Handler = Response (*)(const ControlCall&);

constexpr std::array kHandlers{
#define CTL(id, method, path, in, out, status, summary) Handler{&control_##id},
#include "pcsim/operations/control.def"
#undef CTL
};

bool same_secret(std::string_view left, std::string_view right) {
  unsigned difference = left.size() == right.size() ? 0U : 1U;
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^
                                        static_cast<unsigned char>(right[i]));
  }
  return difference == 0;
}

using Parameters = std::map<std::string, std::string, std::less<>>;

/// The parameters of a path that fits a row's, or nothing.
std::optional<Parameters> fit(std::string_view pattern, std::string_view path) {
  const auto wanted = split(pattern, '/');
  const auto given = split(path, '/');
  if (wanted.size() != given.size()) {
    return std::nullopt;
  }
  Parameters parameters;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string_view part = wanted[i];
    if (part.size() > 2 && part.front() == '{') {
      parameters.emplace(part.substr(1, part.size() - 2), given[i]);
    } else if (part != given[i]) {
      return std::nullopt;
    }
  }
  return parameters;
}

struct Found {
  const ControlOperation* operation = nullptr;
  Parameters parameters{};
  std::string methods{};  ///< that the path knows
};

Found find_operation(const std::string& method, std::string_view path) {
  Found found;
  for (const ControlOperation& row : control_operations()) {
    if (auto parameters = fit(row.path, path)) {
      if (row.method == method) {
        found.operation = &row;
        found.parameters = std::move(*parameters);
        return found;
      }
      found.methods += (found.methods.empty() ? "" : ", ") + std::string{row.method};
    }
  }
  return found;
}

/// Why a body is no acceptable one of the row; empty when it is.
std::string body_problem(const ControlOperation& row, const json& body) {
  const Schema* schema = find_schema(row.request_schema);
  const auto violations = schema->validate(body);
  if (violations.empty()) {
    return {};
  }
  const Violation& first = violations.front();
  return (first.instance_pointer.empty() ? "the body" : first.instance_pointer) + " " +
         first.message;
}

/// The first member of a query that the call does not have.
std::string unknown_query(const ControlOperation& row,
                          const std::map<std::string, std::string>& query) {
  for (const auto& [name, value] : query) {
    const bool known = std::any_of(control_queries().begin(), control_queries().end(),
                                   [&, &asked = name](const ControlQuery& member) {
                                     return member.operation == row.id && member.name == asked;
                                   });
    if (!known) {
      return name;
    }
  }
  return {};
}

bool too_deep(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      i += c == '\\' ? 1U : 0U;
      in_text = c != '"';
      continue;
    }
    in_text = c == '"';
    depth += c == '{' || c == '[' ? 1 : 0;
    depth -= c == '}' || c == ']' ? 1 : 0;
    if (depth > kDeepest) {
      return true;
    }
  }
  return false;
}

}  // namespace

Control::Control(UniverseRegistry& universes, Options options, const Reference& reference)
    : universes_(universes),
      options_(std::move(options)),
      reference_(reference),
      ids_(options_.seed) {
  options_.start.world.freeze();
}

Response control_answer(const ControlCall& call, const nlohmann::ordered_json& body) {
  Response response;
  response.status = call.operation.success_status;
  if (!body.is_null()) {
    response.headers.add("Content-Type", "application/json");
    response.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
  }
  return response;
}

Response control_refusal(int status, const std::string& message) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body =
      nlohmann::ordered_json{{"error", {{"status", status}, {"message", message}}}}.dump(
          -1, ' ', false, json::error_handler_t::replace);
  return response;
}

bool usable_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

Response Control::handle(const Request& request) {
  const std::size_t mark = request.target.find('?');
  const std::string path = request.target.substr(0, mark);
  Found found = find_operation(request.method, path);
  const bool open = found.operation != nullptr && found.operation->id == ControlId::Health;
  const auto given = request.headers.find("Authorization");
  if (!open && (!given || given->substr(0, 7) != "Bearer " ||
                !same_secret(given->substr(7), options_.token))) {
    return control_refusal(401,
                           "send Authorization: Bearer with the controlToken of the ready file");
  }
  if (found.operation == nullptr) {
    return found.methods.empty()
               ? control_refusal(404, "unknown path; GET /openapi.json describes what there is")
               : control_refusal(405,
                                 request.method + " is not possible here; use " + found.methods);
  }
  if (too_deep(request.body)) {
    return control_refusal(400, "the body is nested too deeply");
  }
  const json body =
      request.body.empty() ? json::object() : json::parse(request.body, nullptr, false);
  if (body.is_discarded()) {
    return control_refusal(400, "the body is no JSON text");
  }
  if (!found.operation->request_schema.empty()) {
    if (const std::string problem = body_problem(*found.operation, body); !problem.empty()) {
      return control_refusal(400, problem);
    }
  }
  ControlCall call{*found.operation,
                   std::move(found.parameters),
                   {},
                   body,
                   {},
                   universes_,
                   options_,
                   reference_,
                   ids_,
                   mutex_};
  if (mark != std::string::npos) {
    call.query = decode_form(request.target.substr(mark + 1));
  }
  if (const std::string unknown = unknown_query(*found.operation, call.query); !unknown.empty()) {
    return control_refusal(400, "the query has no member '" + unknown + "'");
  }
  if (const auto name = call.path.find("universe"); name != call.path.end()) {
    call.universe = universes_.find(name->second);
    if (!call.universe) {
      return control_refusal(404, "there is no universe '" + name->second + "'");
    }
  }
  return kHandlers[static_cast<std::size_t>(found.operation->id)](call);
}

Response Control::refuse(const Error& error) const {
  const ErrorRow& row = error_row(error.code);
  return control_refusal(row.status, fill(text_in(row, Locale::English), error.arguments));
}

}  // namespace pcsim
