#include "domain/reservations/quote.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/reservations/purchase.h"
#include "domain/rules.h"

namespace pcsim {
namespace {

constexpr Instant kMinute = 60 * kSecond;

struct QuoteFacts {
  bool order_id_used = false;
  const Quote* quote = nullptr;
  const std::string& tenant_id;
  const std::string& fingerprint;
  Instant now = 0;
  Instant lifetime = 0;
};

struct QuoteRule {
  std::string_view name;
  bool (*broken)(const QuoteFacts&);
  ErrorCode error;
};

constexpr std::array kQuoteRules{
    QuoteRule{"order-id-unused", [](const QuoteFacts& f) { return f.order_id_used; },
              ErrorCode::ArmReservationOrderIdAlreadyExists},
    QuoteRule{"order-id-was-quoted", [](const QuoteFacts& f) { return f.quote == nullptr; },
              ErrorCode::ArmSessionTimedOut},
    QuoteRule{"quoted-to-this-tenant",
              [](const QuoteFacts& f) { return f.quote->customer_id != f.tenant_id; },
              ErrorCode::ArmSessionTimedOut},
    QuoteRule{"body-as-quoted",
              [](const QuoteFacts& f) { return f.quote->fingerprint != f.fingerprint; },
              ErrorCode::ArmSessionTimedOut},
    QuoteRule{"quote-still-valid",
              [](const QuoteFacts& f) { return f.quote->created + f.lifetime <= f.now; },
              ErrorCode::ArmSessionTimedOut},
};

void forget_expired(World& world, const Env& env) {
  const Instant limit = env.now - quote_lifetime(env.switches);
  std::vector<std::string> expired;
  for (const auto& [id, quote] : world.quotes) {
    if (quote.created <= limit) {
      expired.push_back(id);
    }
  }
  for (const std::string& id : expired) {
    world.quotes.erase(id);
  }
}

void forget_oldest(World& world) {
  std::string oldest;
  Instant created = 0;
  for (const auto& [id, quote] : world.quotes) {
    if (oldest.empty() || quote.created < created) {
      oldest = id;
      created = quote.created;
    }
  }
  world.quotes.erase(oldest);
}

}  // namespace

void list_quote_rules(std::vector<RuleRow>& out) {
  list_rules("Purchase under a quote", kQuoteRules, out);
}

Instant quote_lifetime(const Switches& switches) {
  if (switches.is({Switch::QuoteLifetime, "15m"})) {
    return 15 * kMinute;
  }
  return switches.is({Switch::QuoteLifetime, "24h"}) ? kDay : 60 * kMinute;
}

void remember_quote(World& world, const Env& env, Quote quote) {
  forget_expired(world, env);
  while (world.quotes.size() >= kMaxQuotes) {
    forget_oldest(world);
  }
  const std::string id = quote.reservation_order_id;
  world.quotes.put(id, std::move(quote));
}

Result<Done> check_quote(const World& world, const Env& env, const std::string& order_id,
                         const std::string& tenant_id, const std::string& fingerprint) {
  const QuoteFacts facts{
      order_id_used(world, order_id), world.quotes.find(order_id), tenant_id, fingerprint, env.now,
      quote_lifetime(env.switches)};
  if (env.trace != nullptr && facts.quote != nullptr) {
    env.trace->value("quote-age-seconds",
                     std::to_string((env.now - facts.quote->created) / kSecond));
  }
  if (const QuoteRule* rule = first_broken(kQuoteRules, facts, env.trace)) {
    return Error{rule->error, {order_id}, {}};
  }
  return Done{};
}

}  // namespace pcsim
