#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/decimal.h"
#include "domain/instant.h"

/// Reservations and what happens to them. Source: docs/reference/reservations.md.
namespace pcsim {

/// Why a reservation no longer gives its benefit.
enum class ReservationEnd { None, Cancelled, Returned, Exchanged, Split, Merged };

/// One change of a reservation, as its revisions tell.
struct ReservationRevision {
  std::int64_t etag = 0;
  Instant at = 0;
  std::string change;  ///< `Purchase`, `Scope`, `Split`, …
  std::int64_t quantity = 0;
  std::string scope_type, display_name;
};

struct Reservation {
  std::string order_id, reservation_id, customer_id, partner_order_id, product_id, sku_id;
  int line_number = 0;
  std::int64_t quantity = 1;
  std::string scope_type, billing_subscription_id, term, display_name, sku_name, location;
  std::string billing_plan{"Upfront"}, artifact_group, artifact_line;
  Instant created = 0, succeeds = 0;
  bool by_customer = false;
  std::string resource_type{"VirtualMachines"};
  std::vector<std::string> applied_scopes{};
  bool instance_flexibility = true, renew = false;
  bool cancelled = false;
  bool elsewhere = false;  ///< not bought from the customer's partner, who does not see it
  ReservationEnd end = ReservationEnd::None;
  std::optional<Instant> ended{};
  bool archived = false;
  std::int64_t etag = 1;
  std::optional<Instant> updated{};
  /// What one unit cost for the whole term, in USD and in the currency it is billed in.
  Decimal unit_usd{}, unit_billing{};
  std::string currency{};
  std::string split_source{}, merge_destination{}, renew_source{}, renew_destination{},
      exchange_source{};
  std::vector<std::string> split_destinations{}, merge_sources{};
  std::string renewal{};  ///< the purchase that renews it, in the words of its request
  std::optional<Instant> review{};
  std::string reseller_id{};  ///< the partner on record when it was bought
  std::string management_group{};
  std::string directory{};  ///< the tenant that sees it, when its order was moved to another
  std::vector<ReservationRevision> revisions{};
};

/// A price quoted by calculatePrice; it authorises one purchase under its id.
struct Quote {
  std::string reservation_order_id, customer_id, fingerprint;
  Instant created = 0;
};

/// What calculateRefund found; it authorises one return.
struct RefundSession {
  std::string id, customer_id, reservation_id;
  std::int64_t quantity = 1;
  Instant created = 0;
};

/// What was given back for a returned reservation; its use of the yearly limit counts for a year.
struct Refund {
  std::string id, customer_id, order_id, reservation_id, currency;
  std::int64_t quantity = 1;
  Decimal usd{}, billing{}, limit_usd{}, fee{};
  Instant at = 0;
  bool exchange = false;  ///< within an exchange: does not count
  std::string partner_order_id{};
  int line_number = 0;
  Decimal credit{};  ///< what the partner's invoice gives back, without tax
};

/// A calculateExchange or exchange and how far it is; its states follow from the clock.
struct ExchangeOperation {
  std::string id, tenant_id, customer_id;
  std::string request{};  ///< what was asked for, as it came
  std::string session_id{};
  bool performs = false;  ///< an exchange; otherwise its calculation
  Instant created = 0, completes = 0;
  std::string result{};  ///< what it found, in the words of its answer
};

/// Instances that run in a customer's subscription, so that use and discount can be seen.
struct RunningUsage {
  std::string id, subscription_id, resource_group, sku_name, location;
  std::string resource_type{"VirtualMachines"};
  std::int64_t instances = 1;
  Instant from = 0;
  std::optional<Instant> until{};
};

/// The price a partner asks of its customer for one unit of a term; every customer when empty.
struct ResalePrice {
  std::string id, customer_id, sku_name, location, term, currency;
  Decimal amount{};
};

}  // namespace pcsim
