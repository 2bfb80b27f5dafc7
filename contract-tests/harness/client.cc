#include "harness/client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/checks.h"
#include "harness/journal.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

std::string value_of(const Fields& fields, const std::string& name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) {
    return equal_ignoring_case(field.first, name);
  });
  return found == fields.end() ? std::string{} : found->second;
}

std::string describe(const Operation& row, const Ask& ask) {
  std::string out{row.name};
  out += ": " + std::string{row.method} + " ";
  out += ask.target.empty() ? path_of(row, ask.path) : ask.target;
  if (!ask.query.empty()) {
    out += "?" + ask.query;
  }
  return out + (ask.body.empty() ? "" : "\n" + ask.body.substr(0, 500));
}

/// What stands against a subscription's move counts as an outcome too.
void note_upgrade_errors(const Operation& row, const nlohmann::json& body, bool natural) {
  if (!body.is_object() || !body.contains("upgradeErrors")) {
    return;
  }
  for (const auto& problem : body.at("upgradeErrors")) {
    for (const ErrorCode error : expected_errors(row)) {
      const ErrorRow& declared = error_row(error);
      if (declared.name.starts_with("Upgrade") && declared.surface == "Cart" &&
          declared.code == problem.at("code").dump() &&
          problem.at("description") == declared.text_en) {
        Journal::instance().refused(row.id, error, natural);
      }
    }
  }
}

/// So does what keeps lines of a transfer.
void note_transfer_errors(const Operation& row, const nlohmann::json& body, bool natural) {
  if (!body.is_object() || !body.contains("transferErrors")) {
    return;
  }
  for (const auto& problem : body.at("transferErrors")) {
    for (const ErrorCode error : expected_errors(row)) {
      const ErrorRow& declared = error_row(error);
      if (declared.surface == "Cart" && declared.code == problem.at("code").dump() &&
          fits_template(problem.value("description", ""), declared.text_en)) {
        Journal::instance().refused(row.id, error, natural);
      }
    }
  }
}

/// Errors that cart lines carry count as outcomes of the operation.
void note_line_errors(const Operation& row, const nlohmann::json& body, bool natural) {
  if (!body.is_object() || !body.contains("lineItems") || !body.at("lineItems").is_array()) {
    return;
  }
  for (const auto& line : body.at("lineItems")) {
    if (!line.contains("error")) {
      continue;
    }
    const auto code = line.at("error").value("errorCode", nlohmann::json{});
    const std::string shown = code.is_string() ? code.get<std::string>() : code.dump();
    for (const ErrorCode error : expected_errors(row)) {
      const ErrorRow& declared = error_row(error);
      if (declared.surface == "Cart" && declared.code == shown &&
          fits_template(line.at("error").value("errorDescription", ""), declared.text_en)) {
        Journal::instance().refused(row.id, error, natural);
      }
    }
  }
}

}  // namespace

Client::Client(const Universe& universe, std::string token)
    : Client(universe.base_path(), std::move(token)) {
  natural_ = universe.by_default();
}

Client::Client(std::string base_path, std::string token)
    : base_path_(std::move(base_path)), token_(std::move(token)) {}

Fields Client::headers_for(const Operation& row, const Ask& ask) const {
  Fields out = ask.headers;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty() && value_of(out, name).empty()) {
      out.emplace_back(name, value);
    }
  };
  add("Authorization", token_.empty() ? "" : "Bearer " + token_);
  if (row.surface == Surface::PartnerCenter) {
    add("MS-RequestId", new_guid());
    add("MS-CorrelationId", new_guid());
  }
  if (!ask.body.empty()) {
    add("Content-Type",
        row.surface == Surface::Entra ? "application/x-www-form-urlencoded" : "application/json");
  }
  // A dash leaves the field out.
  std::erase_if(out, [](const auto& field) { return field.second == "-"; });
  return out;
}

Answer Client::send(const Ask& ask) const {
  const Operation& row = operation(ask.operation);
  std::string target = base_path_ + (ask.target.empty() ? path_of(row, ask.path) : ask.target);
  if (!ask.query.empty()) {
    target += "?" + ask.query;
  }
  const Fields headers = headers_for(row, ask);
  Answer answer = contract::send(std::string{row.method}, target, headers, ask.body);
  EXPECT_NE(answer.status, 0) << "no answer";
  check_envelope(row.surface,
                 {value_of(headers, "MS-RequestId"), value_of(headers, "MS-CorrelationId"),
                  std::string{row.method}},
                 answer);
  return answer;
}

nlohmann::json Client::ok(const Ask& ask) const { return ok(ask, nullptr); }

nlohmann::json Client::ok(const Ask& ask, Answer* answer) const {
  const Operation& row = operation(ask.operation);
  SCOPED_TRACE(describe(row, ask));
  const Answer got = send(ask);
  auto body = parse(got);
  check_success(row, got, body);
  if (got.status == row.success_status) {
    Journal::instance().succeeded(row.id);
    note_line_errors(row, body, natural_);
    note_upgrade_errors(row, body, natural_);
    note_transfer_errors(row, body, natural_);
  }
  if (answer != nullptr) {
    *answer = got;
  }
  return body;
}

nlohmann::json Client::refused(const Ask& ask, ErrorCode error) const {
  const Operation& row = operation(ask.operation);
  SCOPED_TRACE(describe(row, ask));
  const Answer got = send(ask);
  auto body = parse(got);
  if (row.method == "HEAD") {
    EXPECT_EQ(got.status, error_row(error).status);  // the status is all there is
  } else {
    check_refusal(row.surface, row.path.find("/v2.0/") != std::string_view::npos, error, got, body);
  }
  if (got.status == error_row(error).status) {
    Journal::instance().refused(row.id, error, natural_);
  }
  return body;
}

std::string path_of(const Operation& row, const Path& parameters) {
  std::string out;
  for (const auto segment : split(row.path.substr(1), '/')) {
    out += '/';
    if (segment.empty() || segment.front() != '{') {
      out += segment;
      continue;
    }
    const auto found = parameters.find(std::string{segment.substr(1, segment.size() - 2)});
    EXPECT_NE(found, parameters.end()) << row.name << " needs " << segment;
    if (segment.starts_with("{*")) {  // a scope: several segments, or none
      out += found == parameters.end() ? "" : found->second;
      if (out.back() == '/') {
        out.pop_back();
      }
      continue;
    }
    out += found == parameters.end() ? "" : encode(found->second);
  }
  return out;
}

Client partner(Universe& universe, Who who) {
  return {universe, universe.token(who, kPartnerCenterResource)};
}

Client azure(Universe& universe, Who who) { return {universe, universe.token(who, kArmResource)}; }

Client anonymous(const Universe& universe) { return {universe, std::string{}}; }

}  // namespace pcsim::contract
