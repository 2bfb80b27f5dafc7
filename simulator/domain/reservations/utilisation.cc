#include "domain/reservations/utilisation.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr Instant kHour = 3600 * kSecond;

/// Lower numbers take their share of the use first.
int breadth(const Reservation& row) {
  if (row.scope_type == "Single") {
    const bool group = !row.applied_scopes.empty() &&
                       row.applied_scopes.front().find("/resourcegroups/") != std::string::npos;
    return group ? 0 : 1;
  }
  return row.scope_type == "ManagementGroup" ? 2 : 3;
}

struct Running {
  const RunningUsage* usage;
  const AzureSubscription* azure;
  FlexibilityGroup group;
};

struct Held {
  const Reservation* row;
  FlexibilityGroup group;
  Instant until;
  std::array<std::int64_t, 3> used{}, offered{};  ///< units times hours
};

Instant end_of(const Reservation& row) {
  return row.cancelled ? row.ended.value_or(row.created) : expiry_of(row);
}

/// Parts of a split and the whole of a merge give a benefit since they were made.
Instant start_of(const Reservation& row) {
  const bool made = !row.split_source.empty() || !row.merge_sources.empty();
  return made && !row.revisions.empty() ? row.revisions.front().at : row.succeeds;
}

/// Whether a reservation discounts what runs.
bool fits(const World& world, const Held& held, const Running& running) {
  const Reservation& row = *held.row;
  const RunningUsage& usage = *running.usage;
  if (!equal_ignoring_case(row.resource_type, usage.resource_type) ||
      !equal_ignoring_case(row.location, usage.location)) {
    return false;
  }
  const bool flexible =
      row.instance_flexibility && !held.group.name.empty() && held.group.name == running.group.name;
  return (flexible || equal_ignoring_case(row.sku_name, usage.sku_name)) &&
         applies_to_group(world, row, *running.azure, usage.resource_group);
}

/// The hours of one stretch in which nothing starts or stops.
void match(const World& world, std::vector<Held>& held, const std::vector<Running>& running,
           Instant from, Instant to, Instant now) {
  std::map<const RunningUsage*, std::int64_t> left;
  for (const Running& one : running) {
    const bool runs = one.usage->from <= from && one.usage->until.value_or(now) >= to;
    left[one.usage] = runs ? one.usage->instances * one.group.ratio : 0;
  }
  const std::int64_t hours = (to - from) / kHour;
  for (Held& one : held) {
    if (start_of(*one.row) > from || one.until < to) {
      continue;
    }
    const std::int64_t capacity = one.row->quantity * one.group.ratio;
    std::int64_t taken = 0;
    for (const Running& usage : running) {
      if (fits(world, one, usage)) {
        const std::int64_t part = std::min(capacity - taken, left[usage.usage]);
        taken += part;
        left[usage.usage] -= part;
      }
    }
    for (std::size_t grain = 0; grain < kGrains.size(); ++grain) {
      if (from >= now - kGrains[grain] * kDay) {
        one.used[grain] += taken * hours;
        one.offered[grain] += capacity * hours;
      }
    }
  }
}

Instant whole_hour(Instant instant) { return instant - instant % kHour; }

}  // namespace

FlexibilityGroup flexibility_of(const PriceList& prices, const std::string& sku) {
  const ReservedProduct* product = prices.product_of(sku);
  if (product == nullptr || product->resource_type != "VirtualMachines") {
    return {};
  }
  constexpr std::string_view kRegion = "westus";
  Decimal least;
  for (const auto& [name, size] : prices.tables().sizes) {
    const PriceRow* row = prices.reservation(name, kRegion, "P1Y");
    if (size.product == product->id && row != nullptr &&
        (least == Decimal{} || row->price < least)) {
      least = row->price;
    }
  }
  const PriceRow* own = prices.reservation(sku, kRegion, "P1Y");
  if (own == nullptr || least == Decimal{}) {
    return {};
  }
  // A hundredth of the percentage, to the nearest whole.
  const Decimal percent = own->price.percent_of(least);
  std::int64_t ratio = 1;
  while (Decimal::of(ratio * 100 + 50) <= percent) {
    ++ratio;
  }
  std::string name = product->title;
  constexpr std::string_view kPrefix = "Virtual Machines ";
  if (name.starts_with(kPrefix)) {
    name.erase(0, kPrefix.size());
  }
  return {std::move(name), ratio};
}

std::map<std::string, Utilisation> utilisation(const World& world, const PriceList& prices,
                                               const std::string& customer_id, const Env& env) {
  std::vector<Running> running;
  // Hours that have begun do not count yet.
  const Instant now = whole_hour(env.now);
  const Instant first = now - kGrains.back() * kDay;
  std::set<Instant> marks{first, now};
  const auto mark = [&](Instant instant) {
    if (instant > first && instant < now) {
      marks.insert(whole_hour(instant));
      marks.insert(whole_hour(instant) + kHour);
    }
  };
  for (const auto& [id, usage] : world.usage) {
    const AzureSubscription* azure = world.azure_subscriptions.find(lower(usage.subscription_id));
    if (azure != nullptr && equal_ignoring_case(azure->customer_id, customer_id)) {
      running.push_back({&usage, azure, flexibility_of(prices, usage.sku_name)});
      mark(usage.from);
      mark(usage.until.value_or(now));
    }
  }
  std::map<std::string, Utilisation> out;
  if (running.empty()) {
    return out;
  }
  std::vector<Held> held;
  for (const auto& [id, row] : world.reservations) {
    if (equal_ignoring_case(row.customer_id, customer_id)) {
      const Instant until = std::min(end_of(row), now);
      held.push_back({&row, flexibility_of(prices, row.sku_name), until});
      mark(start_of(row));
      mark(until);
    }
  }
  std::stable_sort(held.begin(), held.end(), [](const Held& left, const Held& right) {
    return breadth(*left.row) < breadth(*right.row);
  });
  for (const int grain : kGrains) {
    mark(now - grain * kDay);
  }
  for (auto at = marks.begin(); std::next(at) != marks.end(); ++at) {
    match(world, held, running, *at, *std::next(at), now);
  }
  for (const Held& one : held) {
    for (std::size_t grain = 0; grain < kGrains.size(); ++grain) {
      out[one.row->reservation_id].percent[grain] =
          Decimal::of(one.used[grain]).percent_of(Decimal::of(one.offered[grain]));
    }
  }
  return out;
}

}  // namespace pcsim
