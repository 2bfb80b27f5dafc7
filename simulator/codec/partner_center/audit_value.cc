#include "codec/partner_center/audit_value.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/collection.h"
#include "contract/uri.h"
#include "pcsim/embedded.h"

namespace pcsim::partner_center {
namespace {

struct AuditedResource {
  std::string_view operation_type, schema;
};

constexpr std::array<AuditedResource, 24> kResources{{
    {"create_customer_user", "partner_center/customer_user/customer_user"},
    {"update_customer_user", "partner_center/customer_user/customer_user"},
    {"update_customer_user_principal_name", "partner_center/customer_user/customer_user"},
    {"reset_customer_user_password", "partner_center/customer_user/customer_user"},
    {"restore_customer_user", "partner_center/customer_user/customer_user"},
    {"delete_customer_user", "partner_center/customer_user/customer_user"},
    {"add_user_member", "partner_center/directory_role/added_member"},
    {"remove_user_member", "partner_center/directory_role/added_member"},
    {"dap_admin_relationship_terminated", "partner_center/customer/customer"},
    {"add_customer", "partner_center/customer/customer"},
    {"update_customer_billing_profile", "partner_center/billing_profile/billing_profile"},
    {"create_agreement", "partner_center/agreement/created"},
    {"create_order", "partner_center/order/order"},
    {"update_order", "partner_center/order/order"},
    {"create_transfer", "partner_center/transfer/transfer"},
    {"update_transfer", "partner_center/transfer/transfer"},
    {"update_subscription", "partner_center/subscription/subscription"},
    {"upgrade_subscription", "partner_center/subscription/subscription"},
    {"create_self_serve_policy", "partner_center/self_serve_policy/self_serve_policy"},
    {"update_self_serve_policy", "partner_center/self_serve_policy/self_serve_policy"},
    {"delete_self_serve_policy", "partner_center/self_serve_policy/self_serve_policy"},
    {"remove_partner_customer_relationship", "partner_center/customer/customer"},
    {"delete_customer", "partner_center/customer/customer"},
    {"delete_tip_customer", "partner_center/customer/customer"},
}};

/// A place in a schema document; `node` is null outside of every document.
struct Place {
  std::string document;  ///< such as "partner_center/order/order.json"
  Json node;
};

Json read_document(const std::string& id) {
  const auto content = embedded_file("schemas/" + id);
  return content ? Json::parse(*content, nullptr, false) : Json{};
}

/// Follows `$ref` to where the members are.
Place resolved(Place place) {
  for (auto ref = place.node.is_object() ? place.node.find("$ref") : place.node.end();
       ref != place.node.end();
       ref = place.node.is_object() ? place.node.find("$ref") : place.node.end()) {
    const auto target = schema_detail::resolve_uri(place.document, ref->get<std::string>());
    const auto [document, fragment] = schema_detail::split_fragment(target);
    Json root = read_document(document);
    const nlohmann::json::json_pointer pointer{std::string{fragment}};
    Json node;
    const Json::json_pointer at{pointer.to_string()};
    if (root.is_object() && root.contains(at)) {
      node = root.at(at);
    }
    place = {std::string{document}, std::move(node)};
  }
  return place;
}

std::string pascal(std::string name) {
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  }
  return name;
}

Json dumped(const Json& value, const Place& from);

Json dumped_object(const Json& value, const Place& place) {
  static const Json kNoMembers = Json::object();
  const auto found = place.node.is_object() ? place.node.find("properties") : place.node.end();
  const Json& members = found != place.node.end() ? *found : kNoMembers;
  Json out = Json::object();
  for (const auto& [name, schema] : members.items()) {
    const auto own = value.find(name);
    out[pascal(name)] = own == value.end() ? Json{} : dumped(*own, Place{place.document, schema});
  }
  for (const auto& [name, member] : value.items()) {
    if (!members.contains(name)) {
      out[pascal(name)] = dumped(member, {});
    }
  }
  return out;
}

Json dumped(const Json& value, const Place& from) {
  if (value.is_object()) {
    return dumped_object(value, resolved(from));
  }
  if (!value.is_array()) {
    return value;
  }
  const Place place = resolved(from);
  Place item{place.document, {}};
  if (place.node.is_object() && place.node.contains("items")) {
    item.node = place.node.at("items");
  }
  Json out = Json::array();
  for (const auto& element : value) {
    out.push_back(dumped(element, item));
  }
  return out;
}

}  // namespace

std::string_view audited_schema(std::string_view operation_type) {
  const auto* found = std::find_if(
      kResources.begin(), kResources.end(),
      [&](const AuditedResource& row) { return row.operation_type == operation_type; });
  return found == kResources.end() ? std::string_view{} : found->schema;
}

std::string audit_value(std::string_view schema, const std::string& json) {
  const Json value = Json::parse(json, nullptr, false);
  if (!value.is_object()) {
    return json;
  }
  const std::string document = std::string{schema} + ".json";
  return dumped(value, {document, schema.empty() ? Json{} : read_document(document)})
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pcsim::partner_center
