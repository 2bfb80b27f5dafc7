#include "codec/catalogue_file.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "codec/member_table.h"

namespace pcsim {
namespace {

using namespace members;

using ScopeChoice = std::pair<std::string_view, ReservationScope>;
Refusal scope(const LocatedJson& node, Availability& target) {
  return choose(node, target.scope,
                std::array{ScopeChoice{"", ReservationScope::MicrosoftAzure},
                           ScopeChoice{"AzurePlan", ReservationScope::AzurePlan}});
}

const std::array kAvailability{
    text<&Availability::id>("id"),
    text<&Availability::catalog_item_id>("catalogItemId", Need::Optional),
    text<&Availability::segment>("segment"),
    Member<Availability>{"reservationScope", false, scope}};

Refusal availabilities(const LocatedJson&, Sku&) { return std::nullopt; }

const std::array kSku{text<&Sku::id>("id"),
                      text<&Sku::title>("title"),
                      text<&Sku::description>("description"),
                      number<&Sku::minimum_quantity>("minimumQuantity"),
                      number<&Sku::maximum_quantity>("maximumQuantity"),
                      texts<&Sku::billing_cycles>("supportedBillingCycles", Need::Optional),
                      texts<&Sku::prerequisites>("purchasePrerequisites", Need::Optional),
                      texts<&Sku::inventory_variables>("inventoryVariables", Need::Optional),
                      texts<&Sku::provisioning_variables>("provisioningVariables", Need::Optional),
                      texts<&Sku::actions>("actions", Need::Optional),
                      text<&Sku::term>("term", Need::Optional),
                      texts<&Sku::terms>("terms", Need::Optional),
                      texts<&Sku::promotions>("promotions", Need::Optional),
                      text<&Sku::attestation>("attestation", Need::Optional),
                      number<&Sku::minimum_base_quantity>("minimumBaseQuantity", Need::Optional),
                      flag<&Sku::trial>("trial", Need::Optional),
                      flag<&Sku::needs_azure_plan>("needsAzurePlan", Need::Optional),
                      Member<Sku>{"availabilities", true, availabilities}};

Refusal skus(const LocatedJson&, Product&) { return std::nullopt; }

const std::array kProduct{text<&Product::id>("id"),
                          text<&Product::title>("title"),
                          text<&Product::description>("description"),
                          text<&Product::type>("type"),
                          text<&Product::sub_type>("subType", Need::Optional),
                          texts<&Product::views>("views", Need::Optional),
                          texts<&Product::addon_of>("addonOf", Need::Optional),
                          texts<&Product::upgrades_to>("upgradesTo", Need::Optional),
                          flag<&Product::microsoft>("microsoft", Need::Optional),
                          text<&Product::publisher>("publisher", Need::Optional),
                          Member<Product>{"skus", true, skus}};

/// The member `name`, which the member table has made sure of.
const LocatedJson& child(const LocatedJson& node, std::string_view name) {
  return std::find_if(node.members.begin(), node.members.end(),
                      [&](const auto& member) { return member.first == name; })
      ->second;
}

Failure read_sku(const LocatedJson& node, const std::string& path, Product& product) {
  Sku sku;
  if (Failure failure = read_object<Sku>(node, path, kSku, sku)) {
    return failure;
  }
  if (sku.minimum_quantity > sku.maximum_quantity) {
    return DataFailure{path + ".minimumQuantity", node.line, "exceeds maximumQuantity"};
  }
  if (Failure failure = read_list(child(node, "availabilities"), path + ".availabilities",
                                  kAvailability, sku.availabilities)) {
    return failure;
  }
  for (Availability& row : sku.availabilities) {
    if (row.catalog_item_id.empty()) {
      row.catalog_item_id = product.id + ":" + sku.id + ":" + row.id;
    }
  }
  product.skus.push_back(std::move(sku));
  return std::nullopt;
}

Failure read_product(const LocatedJson& node, const std::string& path, const PriceList& prices,
                     std::vector<Product>& products) {
  Product product;
  if (Failure failure = read_object<Product>(node, path, kProduct, product)) {
    return failure;
  }
  const auto same = [&](const Product& other) { return other.id == product.id; };
  if (std::any_of(products.begin(), products.end(), same) ||
      prices.tables().products.count(lower(product.id)) != 0) {
    return DataFailure{path + ".id", node.line, product.id + " appears twice"};
  }
  if (Failure failure = each(child(node, "skus"), path + ".skus",
                             [&](const LocatedJson& item, const std::string& where) {
                               return read_sku(item, where, product);
                             })) {
    return failure;
  }
  products.push_back(std::move(product));
  return std::nullopt;
}

}  // namespace

std::variant<Catalogue, DataFailure> read_catalogue(std::string_view text, PriceList prices) {
  auto parsed = parse_located_json(text);
  if (const auto* error = std::get_if<LocatedJsonError>(&parsed)) {
    return DataFailure{error->member, error->line, error->text};
  }
  auto& root = std::get<LocatedJson>(parsed);
  if (root.kind != Kind::Object) {
    return DataFailure{{}, root.line, "a catalogue must hold an object"};
  }
  const auto listed = take(root, "products");
  if (!listed) {
    return DataFailure{"products", root.line, "is missing"};
  }
  if (!root.members.empty()) {
    const auto& [name, node] = root.members.front();
    return DataFailure{name, node.line, "is not a member of this file's format"};
  }
  std::vector<Product> products;
  if (Failure failure =
          each(*listed, "products", [&](const LocatedJson& item, const std::string& where) {
            return read_product(item, where, prices, products);
          })) {
    return *failure;
  }
  return Catalogue(std::move(products), std::move(prices));
}

}  // namespace pcsim
