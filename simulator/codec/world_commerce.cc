#include <array>
#include <optional>
#include <span>
#include <utility>

#include "codec/member_table.h"
#include "codec/world_sections.h"

namespace pcsim {
namespace {

using namespace members;

const std::array kProvisioning{
    text<&ProvisioningContext::scope>("scope", Need::Optional),
    text<&ProvisioningContext::subscription_id>("subscription_id", Need::Optional),
    text<&ProvisioningContext::duration>("duration", Need::Optional),
    text<&ProvisioningContext::entitlement_id>("entitlement_id", Need::Optional),
    text<&ProvisioningContext::parent_subscription_id>("parent_subscription_id", Need::Optional)};
const std::array kCart{text<&Cart::id>("id"),
                       guid<&Cart::customer_id>("customer_id"),
                       text<&Cart::last_modified_user>("last_modified_user", Need::Optional),
                       instant<&Cart::created>("created"),
                       instant<&Cart::modified>("modified"),
                       instant<&Cart::expires>("expires"),
                       instant<&Cart::processing_until>("processing_until", Need::Optional),
                       flag<&Cart::ordered>("ordered", Need::Optional),
                       optional_flag<&Cart::partner_attested>("partner_attested")};
const std::array kCartLine{number<&CartLine::id>("id"),
                           text<&CartLine::catalog_item_id>("catalog_item_id"),
                           text<&CartLine::friendly_name>("friendly_name", Need::Optional),
                           number<&CartLine::quantity>("quantity"),
                           text<&CartLine::currency_code>("currency_code", Need::Optional),
                           text<&CartLine::billing_cycle>("billing_cycle"),
                           text<&CartLine::term_duration>("term_duration", Need::Optional),
                           text<&CartLine::renews_to>("renews_to", Need::Optional),
                           text<&CartLine::promotion_id>("promotion_id", Need::Optional),
                           text<&CartLine::custom_term_end>("custom_term_end", Need::Optional),
                           flag<&CartLine::attested>("attested", Need::Optional),
                           text<&CartLine::order_group>("order_group", Need::Optional)};
const std::array kOrder{text<&Order::id>("id"),
                        text<&Order::alternate_id>("alternate_id", Need::Optional),
                        guid<&Order::customer_id>("customer_id"),
                        text<&Order::billing_cycle>("billing_cycle"),
                        text<&Order::currency_code>("currency_code"),
                        text<&Order::currency_symbol>("currency_symbol", Need::Optional),
                        text<&Order::country>("country"),
                        optional_flag<&Order::partner_attested>("partner_attested"),
                        number<&Order::version>("version", Need::Optional),
                        instant<&Order::adjusting_until>("adjusting_until", Need::Optional),
                        instant<&Order::created>("created"),
                        instant<&Order::completes>("completes")};
const std::array kOrderLine{
    number<&OrderLine::number>("number"),
    text<&OrderLine::offer_id>("offer_id"),
    text<&OrderLine::friendly_name>("friendly_name", Need::Optional),
    text<&OrderLine::term_duration>("term_duration", Need::Optional),
    text<&OrderLine::subscription_id>("subscription_id", Need::Optional),
    text<&OrderLine::parent_subscription_id>("parent_subscription_id", Need::Optional),
    text<&OrderLine::renews_to>("renews_to", Need::Optional),
    text<&OrderLine::partner_on_record>("partner_on_record", Need::Optional),
    texts<&OrderLine::more_partners_on_record>("more_partners_on_record", Need::Optional),
    text<&OrderLine::promotion_id>("promotion_id", Need::Optional),
    text<&OrderLine::custom_term_end>("custom_term_end", Need::Optional),
    flag<&OrderLine::attested>("attested", Need::Optional),
    number<&OrderLine::returned>("returned", Need::Optional),
    instant<&OrderLine::cancelled>("cancelled", Need::Optional),
    number<&OrderLine::quantity>("quantity")};
const std::array kAuditRecord{
    lowered<&AuditRecord::partner_key>("partner_key"),
    text<&AuditRecord::customer_id>("customer_id", Need::Optional),
    text<&AuditRecord::customer_name>("customer_name", Need::Optional),
    text<&AuditRecord::user_principal_name>("user_principal_name", Need::Optional),
    text<&AuditRecord::application_id>("application_id", Need::Optional),
    text<&AuditRecord::resource_type>("resource_type"),
    text<&AuditRecord::operation_type>("operation_type"),
    text<&AuditRecord::new_value>("new_value", Need::Optional),
    text<&AuditRecord::old_value>("old_value", Need::Optional),
    text<&AuditRecord::correlation_id>("correlation_id", Need::Optional),
    instant<&AuditRecord::date>("date")};

const std::array kParticipant{text<&Participant::key>("key"), text<&Participant::value>("value")};
const std::array kPlacedGroup{text<&PlacedGroup::group>("group"),
                              text<&PlacedGroup::order_id>("order_id")};

/// What only lines of a cart have.
Failure read_parts(LocatedJson&, const std::string&, OrderLine&) { return std::nullopt; }
Failure read_parts(LocatedJson& item, const std::string& where, CartLine& line);

/// A line of a cart or an order, with its provisioning context.
template <class Line, std::size_t Size>
Failure read_line(LocatedJson item, const std::string& where,
                  const std::array<Member<Line>, Size>& rows, std::vector<Line>& lines) {
  Line line{};
  const auto provisioning = take(item, "provisioning");
  if (Failure failure = read_parts(item, where, line)) {
    return failure;
  }
  if (Failure failure = read_object<Line>(item, where, rows, line)) {
    return failure;
  }
  if (provisioning) {
    if (Failure failure = read_object<ProvisioningContext>(*provisioning, where + ".provisioning",
                                                           kProvisioning, line.provisioning)) {
      return failure;
    }
  }
  lines.push_back(std::move(line));
  return std::nullopt;
}

Failure read_parts(LocatedJson& item, const std::string& where, CartLine& line) {
  if (const auto participants = take(item, "participants")) {
    if (Failure failure =
            read_list(*participants, where + ".participants", kParticipant, line.participants)) {
      return failure;
    }
  }
  const auto addons = take(item, "addons");
  return addons ? each(*addons, where + ".addons",
                       [&](const LocatedJson& addon, const std::string& at) {
                         return read_line(addon, at, kCartLine, line.addons);
                       })
                : std::nullopt;
}

/// What only carts have.
Failure read_placed(LocatedJson&, const std::string&, Order&) { return std::nullopt; }
Failure read_placed(LocatedJson& item, const std::string& where, Cart& cart) {
  const auto placed = take(item, "placed");
  return placed ? read_list(*placed, where + ".placed", kPlacedGroup, cart.placed) : std::nullopt;
}

/// A cart or an order: its own members and at least one line.
template <class T, std::size_t Size, class Line, std::size_t LineSize>
Failure read_with_lines(LocatedJson item, const std::string& where,
                        const std::array<Member<T>, Size>& rows,
                        const std::array<Member<Line>, LineSize>& line_rows, Table<T>& target) {
  T value{};
  const auto lines = take(item, "lines");
  if (Failure failure = read_placed(item, where, value)) {
    return failure;
  }
  if (Failure failure = read_object<T>(item, where, rows, value)) {
    return failure;
  }
  if (!lines || lines->items.empty()) {
    return DataFailure{where + ".lines", lines ? lines->line : item.line,
                       "must be an array of at least one line"};
  }
  if (Failure failure =
          each(*lines, where + ".lines", [&](const LocatedJson& line, const std::string& at) {
            return read_line(line, at, line_rows, value.lines);
          })) {
    return failure;
  }
  const std::string key = lower(value.id);
  if (target.find(key) != nullptr) {
    return DataFailure{where, item.line, "its id " + value.id + " appears twice"};
  }
  target.put(key, std::move(value));
  return std::nullopt;
}

Failure read_carts(const LocatedJson& node, const std::string& path, World& world) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) {
    return read_with_lines(item, where, kCart, kCartLine, world.carts);
  });
}

Failure read_orders(const LocatedJson& node, const std::string& path, World& world) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) {
    return read_with_lines(item, where, kOrder, kOrderLine, world.orders);
  });
}

/// `data` is an object of texts.
Failure read_audit_record(LocatedJson item, const std::string& where, World& world) {
  AuditRecord record{};
  const auto data = take(item, "data");
  if (Failure failure = read_object<AuditRecord>(item, where, kAuditRecord, record)) {
    return failure;
  }
  if (data && data->kind != Kind::Object) {
    return DataFailure{where + ".data", data->line, "must be an object"};
  }
  for (const auto& [name, value] :
       data ? data->members : std::vector<std::pair<std::string, LocatedJson>>{}) {
    if (value.kind != Kind::Text) {
      return DataFailure{where + ".data." + name, value.line, "must be a string"};
    }
    record.data.emplace_back(name, value.text);
  }
  world.audit.push_back(std::move(record));
  return std::nullopt;
}

Failure read_audit(const LocatedJson& node, const std::string& path, World& world) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) {
    return read_audit_record(item, where, world);
  });
}

constexpr std::array kSections{WorldSection{"carts", read_carts},
                               WorldSection{"orders", read_orders},
                               WorldSection{"audit", read_audit}};

}  // namespace

std::span<const WorldSection> commerce_sections() { return kSections; }

}  // namespace pcsim
