#include "bench/universes.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/universe_registry.h"

namespace pcsim {
namespace {

constexpr int kCustomers = 75;
constexpr int kSubscriptionsEach = 5;
constexpr int kForks = 10'000;
constexpr Instant kStart = 1'767'225'600LL * kSecond;  // 2026-01-01

/// The integration sandbox at its limits, with `each` subscriptions for every customer.
UniverseStart sandbox(int customers, int each) {
  UniverseStart start;
  Partner partner;
  partner.tenant_id = "a0000001-0000-4000-8000-000000000001";
  partner.domain = "fabrikam.example";
  start.world.partners.put(partner.tenant_id, partner);
  for (int c = 0; c < customers; ++c) {
    Customer customer;
    customer.id = "d0000000-0000-4000-8000-" + std::to_string(100'000'000'000 + c);
    customer.partner_key = partner.domain;
    customer.domain = "customer" + std::to_string(c) + ".example";
    start.world.customers.put(customer.id, customer);
    for (int s = 0; s < each; ++s) {
      Subscription subscription;
      subscription.id = "f0000000-0000-4000-8000-" + std::to_string(100'000'000'000 + c * each + s);
      subscription.customer_id = customer.id;
      subscription.offer_id = "CFQ7TTC0LH18:0001:CFQ7TTC0K971";
      subscription.billing_cycle = "monthly";
      subscription.term_duration = s % 2 == 0 ? "P1M" : "P1Y";
      subscription.created = kStart + s * kDay + c * kSecond;
      start.world.subscriptions.put(subscription.id, subscription);
    }
  }
  start.world.freeze();
  return start;
}

double now_us() {
  return std::chrono::duration<double, std::micro>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// The median of how long `action` takes, in microseconds.
template <class Action>
double median_us(int rounds, const Action& action) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const double before = now_us();
    action();
    times.push_back(now_us() - before);
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[static_cast<std::size_t>(rounds / 2)];
}

double resident_mb() {
  std::ifstream file{"/proc/self/statm"};
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1'048'576;
}

/// One line of the table; whether the bound holds.
bool tell(const char* what, double value, const char* unit, double bound) {
  std::printf("%-58s %10.2f %s (bound %g)\n", what, value, unit, bound);
  return value <= bound;
}

void write_something(Universe& universe) {
  universe.access([](World& world, Env& env, Universe&) {
    const std::string key = (*world.customers.begin()).first;
    world.customers.edit(key)->company_name = env.ids.hex(12);
    return 0;
  });
}

}  // namespace

int bench_universes() {
  const auto clock = [] { return kStart; };
  const auto start = std::make_shared<const UniverseStart>(sandbox(kCustomers, kSubscriptionsEach));
  Universe busy{"busy", start, 1, clock};
  bool holds = true;
  const auto fork_written = [&] {
    write_something(busy);
    const Universe fork{"fork", busy.fork(), 2, clock};
  };
  holds &= tell("fork of 75 customers x 5 subscriptions",
                median_us(1'001,
                          [&] {
                            const Universe fork{"fork", busy.fork(), 2, clock};
                          }),
                "us", 100);
  holds &=
      tell("the same, a customer written before each", median_us(1'001, fork_written), "us", 100);
  holds &= tell("reset after a write",
                median_us(1'001,
                          [&] {
                            write_something(busy);
                            busy.reset();
                          }),
                "us", 1'000);

  ::malloc_trim(0);
  const double before = resident_mb();
  std::vector<std::unique_ptr<Universe>> forks;
  forks.reserve(kForks);
  for (int i = 0; i < kForks; ++i) {
    forks.push_back(std::make_unique<Universe>("fork-" + std::to_string(i), start,
                                               static_cast<std::uint64_t>(i), clock));
  }
  holds &= tell("10,000 live forks", resident_mb() - before, "MB", 64);
  forks.clear();

  Universe large{"large", std::make_shared<const UniverseStart>(sandbox(2'000, 5)), 1, clock};
  std::size_t events = 0;
  bool ordered = true;
  const double advance = median_us(11, [&] {
    const auto due = large.due(400 * kDay);
    events = due.size();
    ordered = std::is_sorted(due.begin(), due.end(),
                             [](const DueEvent& a, const DueEvent& b) { return a.at < b.at; });
    large.advance(400 * kDay);
    large.reset();
  });
  std::printf("%zu events, %s\n", events, ordered ? "in order" : "OUT OF ORDER");
  holds &= ordered && events > 10'000;
  holds &= tell("400 days over 10,000 subscriptions", advance / 1'000, "ms", 50);
  return holds ? 0 : 1;
}

}  // namespace pcsim
