#include "http/router.h"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "pcsim/text.h"

namespace pcsim {
namespace {

struct Shape {
  const Operation* operation;
  std::vector<std::string_view> segments;
  int parameters = 0;
};

bool is_parameter(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

/// A path that begins with `{*scope}`, any number of segments.
bool is_scoped(const Operation& row) { return row.path.starts_with("/{*scope}/"); }

/// Operations by surface and number of segments, so that a look-up compares few candidates.
const std::map<std::pair<Surface, std::size_t>, std::vector<Shape>>& shapes() {
  static const auto table = [] {
    std::map<std::pair<Surface, std::size_t>, std::vector<Shape>> result;
    for (const Operation& row : operations()) {
      if (is_scoped(row)) {
        continue;
      }
      Shape shape{&row, split(row.path.substr(1), '/')};
      for (const auto segment : shape.segments) {
        shape.parameters += is_parameter(segment) ? 1 : 0;
      }
      result[{row.surface, shape.segments.size()}].push_back(std::move(shape));
    }
    return result;
  }();
  return table;
}

/// Operations at any scope, by what follows it.
const std::vector<Shape>& scoped_shapes() {
  static const auto table = [] {
    std::vector<Shape> result;
    for (const Operation& row : operations()) {
      if (is_scoped(row)) {
        auto segments = split(row.path.substr(1), '/');
        segments.erase(segments.begin());
        result.push_back({&row, std::move(segments)});
      }
    }
    return result;
  }();
  return table;
}

bool matches(const Shape& shape, const std::vector<std::string_view>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!is_parameter(shape.segments[i]) && !equal_ignoring_case(shape.segments[i], segments[i])) {
      return false;
    }
  }
  return true;
}

/// The operation at a scope that a path without an operation of its own names.
void route_at_scope(Surface surface, std::string_view method,
                    const std::vector<std::string_view>& segments, RouteMatch& match) {
  for (const Shape& shape : scoped_shapes()) {
    if (shape.operation->surface != surface || shape.segments.size() > segments.size()) {
      continue;
    }
    const auto tail = segments.end() - static_cast<std::ptrdiff_t>(shape.segments.size());
    if (!matches(shape, {tail, segments.end()})) {
      continue;
    }
    match.path_known = true;
    if (shape.operation->method != method) {
      continue;
    }
    match.operation = shape.operation;
    std::string scope;
    for (auto segment = segments.begin(); segment != tail; ++segment) {
      scope += '/' + percent_decode(*segment, false);
    }
    match.path["scope"] = scope;
    if (tail - segments.begin() >= 2 && equal_ignoring_case(segments[0], "subscriptions")) {
      match.path["subscriptionId"] = percent_decode(segments[1], false);
    }
    for (std::size_t i = 0; i < shape.segments.size(); ++i) {
      if (is_parameter(shape.segments[i])) {
        match.path[std::string{shape.segments[i].substr(1, shape.segments[i].size() - 2)}] =
            percent_decode(tail[static_cast<std::ptrdiff_t>(i)], false);
      }
    }
    return;
  }
}

bool starts_with_segment(std::string_view path, std::string_view prefix) {
  return path.size() >= prefix.size() &&
         equal_ignoring_case(path.substr(0, prefix.size()), prefix) &&
         (path.size() == prefix.size() || path[prefix.size()] == '/');
}

}  // namespace

std::string normal_path(std::string_view raw) {
  std::string path;
  path.reserve(raw.size());
  for (const char c : raw) {
    if (c != '/' || path.empty() || path.back() != '/') {
      path.push_back(c);
    }
  }
  if (path.size() > 1 && path.back() == '/') {
    path.pop_back();
  }
  if (path.size() >= 5 && equal_ignoring_case(path.substr(0, 5), "/v1.0") &&
      (path.size() == 5 || path[5] == '/')) {
    path.replace(0, 5, "/v1");
  }
  return path;
}

Target parse_target(std::string_view target) {
  Target result;
  const std::size_t question = target.find('?');
  result.path = normal_path(target.substr(0, question));
  if (question == std::string_view::npos) {
    return result;
  }
  for (const auto pair : split(target.substr(question + 1), '&')) {
    if (pair.empty()) {
      continue;
    }
    const std::size_t equals = pair.find('=');
    result.query[lower(percent_decode(pair.substr(0, equals), true))] =
        equals == std::string_view::npos ? std::string{}
                                         : percent_decode(pair.substr(equals + 1), true);
  }
  return result;
}

Surface surface_of(std::string_view host, std::string_view path) {
  const std::string_view name = host.substr(0, host.find(':'));
  const auto is = [&](std::string_view other) { return equal_ignoring_case(name, other); };
  static constexpr std::array kLoginHosts{"login.microsoftonline.com", "login.microsoft.com",
                                          "login.windows.net", "sts.windows.net"};
  for (const std::string_view login : kLoginHosts) {
    if (is(login)) {
      return Surface::Entra;
    }
  }
  if (is("management.azure.com") || is("management.core.windows.net")) {
    return Surface::Arm;
  }
  if (is("api.partnercenter.microsoft.com") || is("api.partner.microsoft.com") ||
      starts_with_segment(path, "/v1") || starts_with_segment(path, "/webhooks")) {
    return Surface::PartnerCenter;
  }
  for (const std::string_view prefix : {"/subscriptions", "/providers", "/tenants"}) {
    if (starts_with_segment(path, prefix)) {
      return Surface::Arm;
    }
  }
  const std::string folded = lower(path);
  for (const std::string_view mark : {"/oauth2/", "/.well-known/", "/discovery/", "/userrealm/"}) {
    if (folded.find(mark) != std::string::npos) {
      return Surface::Entra;
    }
  }
  return Surface::PartnerCenter;
}

RouteMatch route(Surface surface, std::string_view method, std::string_view path) {
  RouteMatch match;
  const auto segments = split(path.substr(path.empty() ? 0 : 1), '/');
  const auto bucket = shapes().find({surface, segments.size()});
  const Shape* best = nullptr;
  static const std::vector<Shape> kNone;
  for (const Shape& shape : bucket == shapes().end() ? kNone : bucket->second) {
    if (!matches(shape, segments)) {
      continue;
    }
    match.path_known = true;
    if (shape.operation->method == method &&
        (best == nullptr || shape.parameters < best->parameters)) {
      best = &shape;
    }
  }
  if (best == nullptr) {
    route_at_scope(surface, method, segments, match);
    return match;
  }
  match.operation = best->operation;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (is_parameter(best->segments[i])) {
      match.path[std::string{best->segments[i].substr(1, best->segments[i].size() - 2)}] =
          percent_decode(segments[i], false);
    }
  }
  return match;
}

}  // namespace pcsim
