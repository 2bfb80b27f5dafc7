#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/world.h"
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

/// Decides whether `partner` may confirm `draft` now.
Result<Done> check_agreement(const World& world, const Partner& partner, const Agreement& draft,
                             Instant now);

}  // namespace pcsim
