#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/customers/country_rules.h"
#include "domain/markets.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// What a partner asks for when creating a customer or changing its billing profile.
struct CustomerDraft {
  std::string domain{}, company_name{}, registration_number{}, first_name{}, last_name{}, email{},
      culture{}, language{};
  Address address{};
  std::optional<bool> gdap_by_default{};
};

/// What drafts are judged by.
struct CustomerScene {
  const World& world;
  const MarketTable& markets;
  const CountryRules& countries;
  const Env& env;
};

/// What the rules know of a draft.
struct CustomerFacts {
  const CustomerScene& scene;
  const CustomerDraft& draft;
  const CountryRule& country;
};

/// One rule: its error, where in the request, the error's argument if it has one, and when broken.
struct CustomerRule {
  std::string_view name;
  ErrorCode error;
  std::string_view pointer;
  bool (*broken)(const CustomerFacts&);
  std::string (*argument)(const CustomerFacts&) = nullptr;
};

/// The rules of a billing profile in their order; pointers are relative to the profile.
/// Source: docs/reference/customers.md#billing-profiles.
std::span<const CustomerRule> billing_profile_rules();

/// The further rules of a new customer in their order; pointers are relative to the request.
/// Source: docs/reference/customers.md#creation.
std::span<const CustomerRule> new_customer_rules();

/// Whether the country asks for an organization number and a phone number, by the chosen list.
/// Source: docs/reference/customers.md#organization-numbers.
bool organization_number_required(const CountryRule& country, const Switches& switches);

/// Judges a billing profile by its rules.
Result<Done> check_billing_members(const CustomerScene& scene, const CustomerDraft& draft);

/// What the rules know of who creates a customer.
struct CreatorFacts {
  const World& world;
  const Partner& partner;
};

/// One rule of who creates a customer.
struct CreatorRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const CreatorFacts&);
};

/// Who may create a customer. Source: docs/reference/customers.md#creation.
std::span<const CreatorRule> creator_rules();

/// Judges whether `partner` may create one more customer.
Result<Done> check_creator(const World& world, const Partner& partner, const Env& env);

/// The rules of an address that is to be validated: without these it cannot be looked up.
/// Source: docs/reference/customers.md#address-validation.
std::span<const CustomerRule> address_rules();

/// Judges an address that is to be validated.
Result<Done> check_address_members(const CustomerScene& scene, const Address& address);

/// Whether a tenant of the world holds `domain`.
bool domain_taken(const World& world, std::string_view domain);

/// Judges a new customer by all rules.
Result<Done> check_new_customer(const CustomerScene& scene, const CustomerDraft& draft);

/// Judges the sent etag (quotes around it do not count) against the stored one; none at all is a
/// matter of a switch. Source: docs/reference/customers.md#billing-profile-etags.
Result<Done> check_billing_etag(const Env& env, std::string_view sent,
                                const BillingProfile& profile);

/// The domain of the reseller that an indirect provider names by tenant or partner id, empty for
/// no name; an error unless the reseller buys through `provider`.
Result<std::string> named_reseller(const World& world, const Partner& provider,
                                   std::string_view name);

/// The reseller of a customer, or null.
const Partner* reseller_of(const World& world, const Customer& customer);

/// Whether `text` is a host name of at least two labels.
bool is_domain_name(std::string_view text);

/// `EN-us` becomes `en-US`.
std::string normal_culture(std::string_view culture);

/// `text` without one pair of quotes around it and without the weak mark `W/`.
std::string_view unquoted(std::string_view text);

/// Whether `partner` may see `customer`: as its partner or as its reseller.
bool sees_customer(const Partner& partner, const Customer& customer);

}  // namespace pcsim
