#include "http/error_trigger.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "codec/partner_center/cart.h"
#include "contract/coverage.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kHeader = "X-PCSim-Error";
constexpr std::string_view kCodePrefix = "75000000-0000-0000-0000-";

std::string_view name_of(Surface surface) {
  switch (surface) {
    case Surface::PartnerCenter:
      return "PartnerCenter";
    case Surface::Entra:
      return "Entra";
    case Surface::Arm:
      return "Arm";
  }
  return {};
}

/// What a placeholder stands for, told by the words before or after it. A parameter of the path is
/// taken before the value.
struct Hint {
  std::string_view word, value, parameter{};
};
constexpr Hint kBefore[] = {
    {"offer", "MS-AZR-0145P"},
    {"item with id", "MS-AZR-0145P"},
    {"catalogitemid", "DZH318Z0BPS6:0001:DZH318Z0BML6"},
    {"catalogid", "DZH318Z0BPS6:0001:DZH318Z0BML6"},
    {"productid", "DZH318Z0BPS6", "productId"},
    {"skuid", "0001", "skuId"},
    {"line item", "1"},
    {"mpn id", "1000003"},
    {"partnerid", "1000003"},
    {"csp region", "Europe"},
    {"changed to", "active"},
    {"from", "deleted"},
    {"learn more at", "https://go.microsoft.com/fwlink/?linkid=2164140"},
    {"more information", "https://go.microsoft.com/fwlink/?linkid=2164140"},
    {"please visit", "https://go.microsoft.com/fwlink/?linkid=2164140"},
    {"format", "^[0-9]{14}$"},
    {"enum:", "everything"},
    {"cancellation reason", "boredom"},
    {"scope", "everywhere"},
    {"duration", "P7Y"},
    {"term", "P7Y"},
    {"national cloud", "Gallatin"},
    {"customer", "d0000001-0000-4000-8000-000000000001", "customerId"},
    {"subscription", "f0000001-0000-4000-8000-000000000001", "subscriptionId"},
    {"order", "c0ffee000001", "orderId"},
    {"cart", "c0000001-0000-4000-8000-000000000001", "cartId"},
    {"api version", "2022-11-01"},
    {"location", "westeurope"},
    {"country", "KP"},
    {"sku", "Standard_D1_v2"},
    {"maximum refund limit", "50000"},
    {"resource '", "https://api.partnercenter.microsoft.com"},
    {"namespace", "Microsoft.Capacity"},
    {"method", "PUT"},
    {"parameter", "grant_type"},
    {"grant type", "telepathy"},
    {"redirect uri", "https://app.example/signed-in"},
    {"response_type", "token"},
    {"reply address", "https://app.example/signed-in"},
    {"audience", "https://api.partnercenter.microsoft.com"},
    {"offset", "17"},
    {"media type", "text/plain"},
    {"version", "1.0"},
    {"host", "nowhere.example"},
    {"user account", "nobody@fabrikam.onmicrosoft.com"},
    {"universe", "lesson-1"},
    {"expiry utc time", "2026-01-01T00:00:00Z"},
    {"current utc time", "2026-01-01T02:00:00Z"},
    {"issued on", "2025-06-01T00:00:00Z"},
    {"is invalid", "5"},
};
constexpr Hint kAfter[] = {
    {"seconds", "57"}, {"bytes", "65536"},        {"levels", "64"},
    {"-day", "7"},     {"-hour", "72"},           {"seat", "25"},
    {"asset", "25"},   {"program status", "CSP"}, {" is not available to purchase", "This offer"},
};
constexpr std::string_view kSomeId = "c0ffee00-0000-4000-8000-000000000001";

std::string plausible(const ErrorRow& row, std::size_t at, const RouteMatch& match) {
  const std::string text = lower(text_in(row, Locale::English));
  const std::string_view after = std::string_view{text}.substr(at + 3, 32);
  for (const Hint& hint : kAfter) {
    if (const std::size_t found = after.find(hint.word); found != after.npos && found < 3) {
      return std::string{hint.value};
    }
  }
  const std::size_t start = at < 40 ? 0 : at - 40;
  const std::string_view before = std::string_view{text}.substr(start, at - start);
  const Hint* nearest = nullptr;
  std::size_t nearest_end = 0;
  for (const Hint& hint : kBefore) {
    const std::size_t found = before.rfind(hint.word);
    if (found != before.npos && found + hint.word.size() > nearest_end) {
      nearest = &hint;
      nearest_end = found + hint.word.size();
    }
  }
  if (nearest == nullptr) {
    return std::string{kSomeId};
  }
  const auto given = match.path.find(std::string{nearest->parameter});
  return given == match.path.end() ? std::string{nearest->value} : given->second;
}

std::vector<std::string> plausible_arguments(const ErrorRow& row, const RouteMatch& match) {
  std::vector<std::string> out;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::size_t at = text_in(row, Locale::English).find(std::string{'{', digit, '}'});
    out.push_back(at == std::string_view::npos ? std::string{} : plausible(row, at, match));
  }
  return out;
}

Trigger named(std::string_view name, std::string note, Surface surface, const RouteMatch& match) {
  const auto code = error_named(name);
  if (!code) {
    return {Error{ErrorCode::UnknownErrorTrigger, {std::string{name}}, {}}, std::move(note)};
  }
  const ErrorRow& row = error_row(*code);
  if (match.operation != nullptr && carries(*match.operation, row)) {
    return {Error{*code, {}, {}}, std::move(note), true};
  }
  if (row.surface != "Transport" && row.surface != name_of(surface)) {
    return {Error{ErrorCode::ErrorTriggerElsewhere, {std::string{row.name}}, {}}, std::move(note)};
  }
  return {Error{*code, plausible_arguments(row, match), {}}, std::move(note)};
}

/// The code in the last group of a correlation id; empty when the id is like any other.
std::string_view code_in(std::string_view correlation_id) {
  if (!correlation_id.starts_with(kCodePrefix) || !is_guid(correlation_id)) {
    return {};
  }
  std::string_view digits = correlation_id.substr(kCodePrefix.size());
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return {};
  }
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

Trigger coded(std::string_view code, std::string note, Surface surface, const RouteMatch& match) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at < error_count(); ++at) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(at));
    if (row.surface == name_of(surface) && row.code == code) {
      names.push_back(row.name);
    }
  }
  if (names.size() == 1) {
    return named(names.front(), std::move(note), surface, match);
  }
  if (names.empty()) {
    return {Error{ErrorCode::UnknownErrorTrigger, {std::string{code}}, {}}, std::move(note)};
  }
  std::string all;
  for (const std::string_view name : names) {
    all += (all.empty() ? "" : ", ") + std::string{name};
  }
  return {Error{ErrorCode::AmbiguousErrorTrigger, {std::string{code}, std::move(all)}, {}},
          std::move(note)};
}

ordered_json upgrade_error_json(ErrorCode error, Locale locale) {
  ordered_json out;
  out["code"] = std::stoi(std::string{error_row(error).code});
  out["description"] = error_text(Error{error, {}, {}}, locale);
  return out;
}

/// Placeholders take what a plain example would hold.
ordered_json transfer_error_json(ErrorCode error, Locale locale) {
  const std::vector<std::string> arguments{std::string{kSomeId}, "None"};
  ordered_json out;
  out["transferGroupId"] = "0";
  out["lineItems"] = ordered_json::array();
  out["code"] = std::stoi(std::string{error_row(error).code});
  out["description"] = error_text(Error{error, arguments, {}}, locale);
  out["attributes"]["objectType"] = "TransferError";
  return out;
}

}  // namespace

std::optional<Trigger> trigger_of(const Request& request, Surface surface,
                                  const RouteMatch& match) {
  if (const auto name = request.headers.find(kHeader)) {
    return named(*name, "asked for with " + std::string{kHeader} + ": " + std::string{*name},
                 surface, match);
  }
  const auto id = request.headers.find("MS-CorrelationId");
  if (surface != Surface::PartnerCenter || !id) {
    return std::nullopt;
  }
  const std::string_view code = code_in(*id);
  if (code.empty()) {
    return std::nullopt;
  }
  return coded(code, "asked for with MS-CorrelationId: " + std::string{*id}, surface, match);
}

Result<Reply> carrying(Reply reply, ErrorCode error, Locale locale) {
  const ErrorRow& row = error_row(error);
  ordered_json body = ordered_json::parse(reply.json, nullptr, false);
  if (row.name.starts_with("Cart")) {
    if (body.is_object() && body.contains("lineItems") && !body["lineItems"].empty()) {
      body["lineItems"][0]["error"] = line_error_json(error, locale);
      reply.json = body.dump();
      return reply;
    }
  } else if (row.name.starts_with("Transfer")) {
    if (body.is_object() && body.contains("transferErrors")) {
      body["transferErrors"] = ordered_json::array({transfer_error_json(error, locale)});
      reply.json = body.dump();
      return reply;
    }
  } else if (body.is_object()) {
    ordered_json* carrier = &body;
    if (const auto items = body.find("items"); items != body.end()) {
      carrier = items->empty() ? nullptr : &(*items)[0];
    }
    if (carrier != nullptr) {
      (*carrier)["upgradeErrors"] = ordered_json::array();
      (*carrier)["upgradeErrors"].push_back(upgrade_error_json(error, locale));
      if (carrier->contains("isEligible")) {
        (*carrier)["isEligible"] = false;
      }
      reply.json = body.dump();
      return reply;
    }
  }
  return Error{ErrorCode::ErrorTriggerElsewhere, {std::string{row.name}}, {}};
}

}  // namespace pcsim
