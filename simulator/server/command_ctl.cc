#include <httplib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "pcsim/control_operation.h"
#include "pcsim/text.h"
#include "server/command.h"
#include "server/options.h"
#include "server/ready_file.h"

namespace pcsim {
namespace {

using nlohmann::json;

/// `ListUniverses` as a word of the command line: `list-universes`.
std::string command_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty()) {
      out += '-';
    }
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::vector<std::string> path_members(const ControlOperation& row) {
  std::vector<std::string> out;
  for (const std::string_view part : split(row.path, '/')) {
    if (part.size() > 2 && part.front() == '{') {
      out.emplace_back(part.substr(1, part.size() - 2));
    }
  }
  return out;
}

void print_help() {
  std::puts(
      "usage: pcsim ctl CALL [--NAME VALUE...] [--ready-file FILE]\n"
      "Steers a running simulator and prints its answer. A value that is JSON is sent as such,\n"
      "any other as a text; --universe is main unless given; --body JSON sends a whole body.");
  for (const ControlOperation& row : control_operations()) {
    std::string line = command_name(row.name);
    for (const std::string& member : path_members(row)) {
      line += " --" + member + (member == "universe" ? " ID" : " NAME");
    }
    if (!row.request_schema.empty()) {
      line += " [--MEMBER VALUE...]";
    }
    for (const ControlQuery& query : control_queries()) {
      line += query.operation == row.id ? " [--" + std::string{query.name} + "]" : "";
    }
    std::printf("  %s\n      %s\n", line.c_str(), std::string{row.summary}.c_str());
  }
}

/// What a call is made of, read from `--name value` and `--name=value`.
struct CtlRequest {
  std::map<std::string, std::string> values{};
  std::string ready_file{};
  std::string problem{};
};

CtlRequest read_request(const Arguments& arguments) {
  CtlRequest request;
  request.ready_file = ready_file_in(default_state_dir()).string();
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word.size() < 3 || word.compare(0, 2, "--") != 0) {
      request.problem = "'" + word + "' is no option; `pcsim ctl --help` lists the calls.";
      return request;
    }
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos && i + 1 == arguments.size()) {
      request.problem = word + " needs a value; `pcsim ctl --help` lists the calls.";
      return request;
    }
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    std::string value = equals == std::string::npos ? arguments[++i] : word.substr(equals + 1);
    if (name == "ready-file") {
      request.ready_file = std::move(value);
    } else {
      request.values[name] = std::move(value);
    }
  }
  return request;
}

/// A value as it goes into a body: JSON when it is, otherwise a text.
json value_of(const std::string& text) {
  json parsed = json::parse(text, nullptr, false);
  return parsed.is_discarded() ? json(text) : parsed;
}

struct Wire {
  std::string method, target, body, problem;
};

/// Puts the values of a call where its row wants them.
Wire wire_of(const ControlOperation& row, std::map<std::string, std::string> values) {
  Wire wire{std::string{row.method}, std::string{row.path}, {}, {}};
  for (const std::string& member : path_members(row)) {
    const auto given = values.find(member);
    if (given == values.end() && member != "universe") {
      wire.problem = "give --" + member + "; `pcsim ctl --help` lists the calls.";
      return wire;
    }
    const std::string value = given == values.end() ? "main" : given->second;
    wire.target.replace(wire.target.find("{" + member + "}"), member.size() + 2,
                        httplib::detail::encode_query_param(value));
    values.erase(member);
  }
  httplib::Params query;
  for (const ControlQuery& member : control_queries()) {
    const auto given = values.find(std::string{member.name});
    if (member.operation == row.id && given != values.end()) {
      query.emplace(given->first, given->second);
      values.erase(given);
    }
  }
  if (!query.empty()) {
    wire.target += "?" + httplib::detail::params_to_query_str(query);
  }
  const bool takes_body = row.method == "POST";
  if (!takes_body && !values.empty()) {
    wire.problem = command_name(row.name) + " has no --" + values.begin()->first +
                   "; `pcsim ctl --help` lists what there is.";
    return wire;
  }
  if (const auto whole = values.find("body"); whole != values.end()) {
    wire.body = whole->second;
  } else if (takes_body) {
    json body = json::object();
    for (const auto& [name, value] : values) {
      body[name] = value_of(value);
    }
    wire.body = body.dump();
  }
  return wire;
}

int send(const ReadyFacts& facts, const Wire& wire) {
  httplib::Client client{facts.control_url};
  client.set_connection_timeout(5);
  httplib::Request request;
  request.method = wire.method;
  request.path = wire.target;
  request.headers = {{"Authorization", "Bearer " + facts.control_token}};
  if (!wire.body.empty()) {
    request.headers.emplace("Content-Type", "application/json");
    request.body = wire.body;
  }
  const auto answer = client.send(request);
  if (!answer) {
    return fail("no answer from " + facts.control_url + " (" + httplib::to_string(answer.error()) +
                "); is that simulator still running? Start one with `pcsim serve`.");
  }
  const json body = json::parse(answer->body, nullptr, false);
  if (answer->status >= 300) {
    const bool told = body.is_object() && body.contains("error");
    return fail(told ? body["error"].value("message", "") + "."
                     : "the simulator answered " + std::to_string(answer->status) + ".");
  }
  if (!answer->body.empty()) {
    std::puts(answer->body.c_str());
  }
  return 0;
}

}  // namespace

int ctl_command(const Arguments& arguments) {
  if (arguments.empty() || asks_for_help(arguments)) {
    print_help();
    return arguments.empty() ? 2 : 0;
  }
  const auto rows = control_operations();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ControlOperation& candidate) {
    return command_name(candidate.name) == arguments.front();
  });
  if (row == rows.end()) {
    return refuse("there is no call '" + arguments.front() + "'; `pcsim ctl --help` lists them.");
  }
  const CtlRequest request = read_request(arguments);
  if (!request.problem.empty()) {
    return refuse(request.problem);
  }
  const Wire wire = wire_of(*row, request.values);
  if (!wire.problem.empty()) {
    return refuse(wire.problem);
  }
  const auto facts = read_ready_file(request.ready_file);
  if (const auto* problem = std::get_if<std::string>(&facts)) {
    return refuse(*problem);
  }
  const auto& known = std::get<ReadyFacts>(facts);
  if (known.control_url.empty()) {
    return refuse("this simulator cannot be steered; start it without --control none.");
  }
  return send(known, wire);
}

}  // namespace pcsim
