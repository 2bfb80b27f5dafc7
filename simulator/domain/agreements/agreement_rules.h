#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// One current agreement template.
struct AgreementTemplate {
  std::string_view id, type, link;
  int version_rank;
};

/// The templates in force.
std::span<const AgreementTemplate> agreement_templates();

/// The template with this id, or null.
const AgreementTemplate* agreement_template(std::string_view id);

/// The type a query asks for: nothing means the Cloud Agreement, `*` gives an empty text (all).
Result<std::string> asked_agreement_type(const std::optional<std::string>& query);

/// What the rules know of a confirmation.
struct AgreementFacts {
  const World& world;
  const Partner& partner;
  const Agreement& draft;
  Instant now;
};

/// One rule: its error, where in the request, and when it is broken.
struct AgreementRule {
  std::string_view name;
  ErrorCode error;
  std::string_view pointer;
  bool (*broken)(const AgreementFacts&);
};

/// The rules of a confirmation in their order.
/// Source: docs/reference/agreements.md#confirmation.
std::span<const AgreementRule> agreement_rules();

/// Decides whether `partner` may confirm `draft` now.
Result<Done> check_agreement(const World& world, const Partner& partner, const Agreement& draft,
                             const Env& env);

}  // namespace pcsim
