#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "control/control_call.h"
#include "control/control_json.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// A whole number of a query, `fallback` when it is not given; nothing when it is no number.
std::optional<std::uint64_t> number_of(const std::string& text, std::uint64_t fallback) {
  if (text.empty()) {
    return fallback;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                  : std::nullopt;
}

JournalFilter filter_of(const json& wanted) {
  JournalFilter filter;
  filter.operation = wanted.value("operation", "");
  filter.method = wanted.value("method", "");
  filter.path = wanted.value("path", "");
  filter.principal = wanted.value("principal", "");
  filter.outcome = wanted.value("outcome", "");
  filter.status = wanted.value("status", 0);
  return filter;
}

/// One thing that is expected of a journal, and what came of it.
struct Expectation {
  JournalFilter filter;
  std::uint64_t at_least = 1, at_most = ~std::uint64_t{0};
  std::uint64_t seen = 0;
  std::uint64_t first = 0;  ///< serial of the first that fits after those before it
};

Expectation expectation_of(const json& wanted) {
  Expectation out{filter_of(wanted)};
  if (wanted.contains("times")) {
    out.at_least = out.at_most = wanted["times"].get<std::uint64_t>();
  }
  out.at_least = wanted.value("atLeast", wanted.contains("atMost") ? 0 : out.at_least);
  out.at_most = wanted.value("atMost", out.at_most);
  return out;
}

void look(const JournalPage& page, std::uint64_t after, Expectation& expected) {
  for (const Exchange& exchange : page.exchanges) {
    if (expected.filter.matches(exchange)) {
      ++expected.seen;
      if (expected.first == 0 && exchange.serial > after) {
        expected.first = exchange.serial;
      }
    }
  }
}

}  // namespace

Response control_ListExchanges(const ControlCall& call) {
  JournalFilter filter;
  filter.operation = call.asked("operation");
  filter.method = call.asked("method");
  filter.path = call.asked("path");
  filter.principal = call.asked("principal");
  filter.outcome = call.asked("outcome");
  filter.request_id = call.asked("requestId");
  const auto status = number_of(call.asked("status"), 0);
  const auto after = number_of(call.asked("after"), 0);
  const auto limit = number_of(call.asked("limit"), Journal::kMaxExchanges);
  if (!status || *status > 599 || !after || !limit) {
    return control_refusal(400, "status, after and limit are whole numbers");
  }
  filter.status = static_cast<int>(*status);
  filter.after = *after;
  const JournalPage page = call.universe->journal(filter, *limit);
  ordered_json items = ordered_json::array();
  for (const Exchange& exchange : page.exchanges) {
    items.push_back(exchange_json(exchange));
  }
  return control_answer(call, {{"id", call.universe->id()},
                               {"exchanges", std::move(items)},
                               {"last", page.last},
                               {"evicted", page.evicted}});
}

Response control_VerifyExchanges(const ControlCall& call) {
  JournalFilter everything;
  everything.after = call.body.value("after", std::uint64_t{0});
  const JournalPage page = call.universe->journal(everything);
  const bool in_order = call.body.value("inOrder", false);
  bool holds = true;
  std::uint64_t after = everything.after;
  ordered_json items = ordered_json::array();
  for (const json& wanted : call.body["expect"]) {
    if (wanted.contains("times") && (wanted.contains("atLeast") || wanted.contains("atMost"))) {
      return control_refusal(400, "give times, or atLeast and atMost, not both");
    }
    Expectation expected = expectation_of(wanted);
    look(page, after, expected);
    const bool counted = expected.seen >= expected.at_least && expected.seen <= expected.at_most;
    const bool ordered = !in_order || expected.at_least == 0 || expected.first > after;
    after = in_order && expected.first != 0 ? expected.first : after;
    holds = holds && counted && ordered;
    ordered_json item{{"expected", wanted}, {"seen", expected.seen}, {"holds", counted && ordered}};
    if (counted && !ordered) {
      item["problem"] = "none of them came after what was expected before";
    }
    items.push_back(std::move(item));
  }
  // What was forgotten may have held what was missed, or more of what was counted.
  return control_answer(call, {{"id", call.universe->id()},
                               {"holds", holds},
                               {"certain", page.evicted == 0},
                               {"evicted", page.evicted},
                               {"expectations", std::move(items)}});
}

}  // namespace pcsim
