#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/markets.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// The CSP region of a country, empty for a market outside the programme.
std::string csp_region_of(const MarketTable& markets, std::string_view country);

/// Whether `partner` has signed the Microsoft Partner Agreement for `region`.
/// Source: docs/reference/agreements.md#partner-agreement.
bool signed_agreement(const Partner& partner, std::string_view region, const MarketTable& markets);

/// A question whether another partner has signed: by MPN id or by tenant id.
struct AgreementQuestion {
  std::optional<std::string> mpn_id{}, tenant_id{};
};

/// What the rules know of a question; `asked` is null for an unknown partner.
struct AgreementStatusFacts {
  const AgreementQuestion& question;
  const Partner& caller;
  const Partner* asked;
  std::string asked_region, caller_region;
  bool signed_here, signed_elsewhere;
};

/// One rule: its error, what fills the error's text, and when it is broken.
struct AgreementStatusRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const AgreementStatusFacts&);
  std::vector<std::string> (*arguments)(const AgreementStatusFacts&) = nullptr;
};

/// The rules of a question in their order.
/// Source: docs/reference/agreements.md#agreement-status.
std::span<const AgreementStatusRule> agreement_status_rules();

/// Whether the asked partner has signed for the region of `caller`, or why that cannot be told.
Result<bool> agreement_status(const World& world, const MarketTable& markets, const Partner& caller,
                              const AgreementQuestion& question, const Env& env);

}  // namespace pcsim
