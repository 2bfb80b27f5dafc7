#include "codec/arm/change_codec.h"

#include <nlohmann/json.hpp>

#include "codec/arm/body_read.h"
#include "codec/arm/purchase_codec.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;

std::optional<bool> flag_at(const json& object, const char* name) {
  const json value = child(object, name);
  return value.is_boolean() ? std::optional{value.get<bool>()} : std::nullopt;
}

std::optional<std::string> maybe_text(const json& object, const char* name) {
  const json value = child(object, name);
  return value.is_string() ? std::optional{value.get<std::string>()} : std::nullopt;
}

/// A scope type in its published case, or as it is.
std::string scope_type(const std::string& text) {
  for (const char* known : {"Shared", "Single", "ManagementGroup"}) {
    if (equal_ignoring_case(text, known)) {
      return known;
    }
  }
  return text;
}

std::vector<std::string> texts_of(const json& list) {
  std::vector<std::string> out;
  if (list.is_array()) {
    for (const json& one : list) {
      if (one.is_string()) {
        out.push_back(one.get<std::string>());
      }
    }
  }
  return out;
}

/// Member names in lower case, as those of requests are.
json lowered(const json& value) {
  if (value.is_array()) {
    json out = json::array();
    for (const json& item : value) {
      out.push_back(lowered(item));
    }
    return out;
  }
  if (!value.is_object()) {
    return value;
  }
  json out = json::object();
  for (const auto& [name, member] : value.items()) {
    out[lower(name)] = lowered(member);
  }
  return out;
}

}  // namespace

PurchaseRequest parse_stored_purchase(const std::string& text) {
  return parse_purchase(lowered(json::parse(text, nullptr, false)));
}

ReservationPath parse_reservation_path(const std::string& text) {
  ReservationPath out;
  const std::string path = lower(text);
  const auto parts = split(path, '/');
  if (parts.size() == 1) {
    out.reservation_id = path;
    return out;
  }
  for (std::size_t at = 0; at + 1 < parts.size(); ++at) {
    if (parts[at] == "reservationorders") {
      out.order_id = parts[at + 1];
    } else if (parts[at] == "reservations") {
      out.reservation_id = parts[at + 1];
    }
  }
  return out;
}

ReservationChange parse_change(const json& body) {
  const json properties = child(body, "properties");
  ReservationChange out;
  if (const auto type = maybe_text(properties, "appliedscopetype")) {
    out.scope_type = scope_type(*type);
  }
  const auto scopes = scopes_in(properties);
  if (!scopes.empty()) {
    out.applied_scopes = scopes;
  }
  out.management_group =
      maybe_text(child(properties, "appliedscopeproperties"), "managementgroupid");
  out.name = maybe_text(properties, "name");
  if (const auto flexibility = maybe_text(properties, "instanceflexibility")) {
    out.instance_flexibility = !equal_ignoring_case(*flexibility, "Off");
  }
  out.renew = flag_at(properties, "renew");
  const json renewal = child(child(properties, "renewproperties"), "purchaseproperties");
  if (renewal.is_object()) {
    out.renewal = parse_purchase(renewal);
    out.renewal_text = purchase_json(*out.renewal).dump();
  }
  out.review = parse_instant(text_at(properties, "reviewdatetime"));
  return out;
}

SplitRequest parse_split(const json& body) {
  const json properties = child(body, "properties");
  SplitRequest out{text_at(properties, "reservationid")};
  const json quantities = child(properties, "quantities");
  for (std::size_t at = 0; at < quantities.size(); ++at) {
    out.quantities.push_back(quantity_of(quantities.at(at)));
  }
  return out;
}

std::vector<std::string> parse_merge(const json& body) {
  return texts_of(child(child(body, "properties"), "sources"));
}

std::vector<std::string> parse_scopes(const json& body) {
  return texts_of(body.is_array() ? body : child(child(body, "properties"), "scopes"));
}

ReturnRequest parse_return(const json& body) {
  const json properties = child(body, "properties");
  const json wanted = child(properties, "reservationtoreturn");
  return {text_at(properties, "sessionid"), text_at(wanted, "reservationid"),
          text_at(properties, "returnreason"), quantity_of(child(wanted, "quantity"))};
}

ExchangeWish parse_exchange(const json& body) {
  const json properties = child(body, "properties");
  ExchangeWish out;
  const json returned = child(properties, "reservationstoexchange");
  for (const json& one : returned) {
    out.returns.push_back({text_at(one, "reservationid"), quantity_of(child(one, "quantity"))});
  }
  const json bought = child(properties, "reservationstopurchase");
  for (const json& one : bought) {
    out.purchases.push_back(parse_purchase(one));
  }
  out.savings_plans = !child(properties, "savingsplanstopurchase").empty();
  return out;
}

}  // namespace pcsim
