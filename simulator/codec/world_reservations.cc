#include <array>
#include <optional>
#include <span>
#include <utility>

#include "codec/member_table.h"
#include "codec/world_sections.h"

namespace pcsim {
namespace {

using namespace members;

using EndChoice = std::pair<std::string_view, ReservationEnd>;
Refusal reservation_end(const LocatedJson& node, Reservation& target) {
  return choose(node, target.end,
                std::array{EndChoice{"none", ReservationEnd::None},
                           EndChoice{"cancelled", ReservationEnd::Cancelled},
                           EndChoice{"returned", ReservationEnd::Returned},
                           EndChoice{"exchanged", ReservationEnd::Exchanged},
                           EndChoice{"split", ReservationEnd::Split},
                           EndChoice{"merged", ReservationEnd::Merged}});
}

/// Money is a text, so that no digit is lost.
template <auto Field>
Refusal read_decimal(const LocatedJson& node, Owner<Field>& target) {
  const auto value = node.kind == Kind::Text ? Decimal::parse(node.text) : std::nullopt;
  if (!value) {
    return "must be a decimal number in a string";
  }
  target.*Field = *value;
  return std::nullopt;
}

template <auto Field>
constexpr Member<Owner<Field>> decimal(std::string_view name, Need need = Need::Optional) {
  return {name, need == Need::Required, &read_decimal<Field>};
}

const std::array kReservation{
    guid<&Reservation::order_id>("order_id"),
    guid<&Reservation::reservation_id>("reservation_id"),
    guid<&Reservation::customer_id>("customer_id"),
    text<&Reservation::partner_order_id>("partner_order_id", Need::Optional),
    text<&Reservation::product_id>("product_id"),
    text<&Reservation::sku_id>("sku_id"),
    number<&Reservation::line_number>("line_number", Need::Optional),
    number<&Reservation::quantity>("quantity"),
    text<&Reservation::scope_type>("scope_type"),
    guid<&Reservation::billing_subscription_id>("billing_subscription_id"),
    text<&Reservation::term>("term"),
    text<&Reservation::display_name>("display_name"),
    text<&Reservation::sku_name>("sku_name"),
    text<&Reservation::location>("location"),
    text<&Reservation::billing_plan>("billing_plan", Need::Optional),
    text<&Reservation::artifact_group>("artifact_group", Need::Optional),
    text<&Reservation::artifact_line>("artifact_line", Need::Optional),
    instant<&Reservation::created>("created"),
    instant<&Reservation::succeeds>("succeeds"),
    flag<&Reservation::by_customer>("by_customer", Need::Optional),
    text<&Reservation::resource_type>("resource_type", Need::Optional),
    texts<&Reservation::applied_scopes>("applied_scopes", Need::Optional),
    flag<&Reservation::instance_flexibility>("instance_flexibility", Need::Optional),
    flag<&Reservation::renew>("renew", Need::Optional),
    flag<&Reservation::cancelled>("cancelled", Need::Optional),
    flag<&Reservation::elsewhere>("elsewhere", Need::Optional),
    Member<Reservation>{"end", false, reservation_end},
    instant<&Reservation::ended>("ended", Need::Optional),
    flag<&Reservation::archived>("archived", Need::Optional),
    number<&Reservation::etag>("etag", Need::Optional),
    instant<&Reservation::updated>("updated", Need::Optional),
    decimal<&Reservation::unit_usd>("unit_usd"),
    decimal<&Reservation::unit_billing>("unit_billing"),
    text<&Reservation::currency>("currency", Need::Optional),
    text<&Reservation::split_source>("split_source", Need::Optional),
    texts<&Reservation::split_destinations>("split_destinations", Need::Optional),
    texts<&Reservation::merge_sources>("merge_sources", Need::Optional),
    text<&Reservation::merge_destination>("merge_destination", Need::Optional),
    text<&Reservation::renew_source>("renew_source", Need::Optional),
    text<&Reservation::renew_destination>("renew_destination", Need::Optional),
    text<&Reservation::exchange_source>("exchange_source", Need::Optional),
    text<&Reservation::renewal>("renewal", Need::Optional),
    instant<&Reservation::review>("review", Need::Optional),
    text<&Reservation::reseller_id>("reseller_id", Need::Optional),
    text<&Reservation::management_group>("management_group", Need::Optional),
    text<&Reservation::directory>("directory", Need::Optional)};
const std::array kRevision{
    number<&ReservationRevision::etag>("etag"),
    instant<&ReservationRevision::at>("at"),
    text<&ReservationRevision::change>("change"),
    number<&ReservationRevision::quantity>("quantity"),
    text<&ReservationRevision::scope_type>("scope_type"),
    text<&ReservationRevision::display_name>("display_name", Need::Optional)};
const std::array kRefund{guid<&Refund::id>("id"),
                         guid<&Refund::customer_id>("customer_id"),
                         guid<&Refund::order_id>("order_id"),
                         guid<&Refund::reservation_id>("reservation_id"),
                         text<&Refund::currency>("currency"),
                         number<&Refund::quantity>("quantity"),
                         decimal<&Refund::usd>("usd", Need::Required),
                         decimal<&Refund::billing>("billing", Need::Required),
                         decimal<&Refund::limit_usd>("limit_usd", Need::Required),
                         decimal<&Refund::fee>("fee"),
                         instant<&Refund::at>("at"),
                         flag<&Refund::exchange>("exchange", Need::Optional),
                         text<&Refund::partner_order_id>("partner_order_id", Need::Optional),
                         number<&Refund::line_number>("line_number", Need::Optional),
                         decimal<&Refund::credit>("credit")};
const std::array kUsage{guid<&RunningUsage::id>("id"),
                        guid<&RunningUsage::subscription_id>("subscription_id"),
                        text<&RunningUsage::resource_group>("resource_group", Need::Optional),
                        text<&RunningUsage::sku_name>("sku_name"),
                        text<&RunningUsage::location>("location"),
                        text<&RunningUsage::resource_type>("resource_type", Need::Optional),
                        number<&RunningUsage::instances>("instances", Need::Optional),
                        instant<&RunningUsage::from>("from"),
                        instant<&RunningUsage::until>("until", Need::Optional)};
const std::array kResalePrice{guid<&ResalePrice::id>("id"),
                              text<&ResalePrice::customer_id>("customer_id", Need::Optional),
                              text<&ResalePrice::sku_name>("sku_name"),
                              text<&ResalePrice::location>("location"),
                              text<&ResalePrice::term>("term"),
                              text<&ResalePrice::currency>("currency"),
                              decimal<&ResalePrice::amount>("amount", Need::Required)};

Failure read_reservation(LocatedJson item, const std::string& where, World& world) {
  Reservation row{};
  const auto revisions = take(item, "revisions");
  if (Failure failure = read_object<Reservation>(item, where, kReservation, row)) {
    return failure;
  }
  if (revisions) {
    if (Failure failure = read_list(*revisions, where + ".revisions", kRevision, row.revisions)) {
      return failure;
    }
  }
  const std::string id = row.reservation_id;
  if (world.reservations.find(id) != nullptr) {
    return DataFailure{where, item.line, "its id " + id + " appears twice"};
  }
  world.reservations.put(id, std::move(row));
  return std::nullopt;
}

constexpr std::array kSections{
    WorldSection{"reservations",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_reservation(item, where, world);
                   });
                 }},
    WorldSection{"refunds",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kRefund, world.refunds, &Refund::id);
                 }},
    WorldSection{"usage",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kUsage, world.usage, &RunningUsage::id);
                 }},
    WorldSection{
        "resale_prices", [](const LocatedJson& node, const std::string& path, World& world) {
          return read_rows(node, path, kResalePrice, world.resale_prices, &ResalePrice::id);
        }}};

}  // namespace

std::span<const WorldSection> reservation_sections() { return kSections; }

}  // namespace pcsim
