#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/agreements/agreement_rules.h"
#include "domain/customers/country_details.h"
#include "domain/customers/country_rules.h"
#include "domain/markets.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// Which rendering of a template's text is asked for; what a query leaves out has a default.
struct DocumentRequest {
  std::string template_id{};
  std::string language{"en-US"}, country{"US"};
};

/// What the rules know of a request; the template is null when unknown.
struct DocumentFacts {
  const DocumentRequest& request;
  const AgreementTemplate* agreement;
  const MarketTable& markets;
  const CountryRules& rules;
  const CountryDetailsTable& countries;
};

/// One rule of a request.
struct DocumentRule {
  std::string_view name;
  ErrorCode error;
  std::string_view pointer;
  bool (*broken)(const DocumentFacts&);
};

/// The rules in their order. Source: docs/reference/agreements.md#documents.
std::span<const DocumentRule> document_rules();

/// Judges a request by its rules.
Result<Done> check_document(const DocumentFacts& facts, Trace* trace);

/// How long the address of a download is good for.
constexpr Instant kDownloadLife = 300 * kSecond;

}  // namespace pcsim
