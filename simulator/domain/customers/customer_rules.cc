#include "domain/customers/customer_rules.h"

#include <algorithm>
#include <array>

#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::size_t kLongestDomain = 253;
constexpr std::size_t kLongestLabel = 63;
constexpr std::ptrdiff_t kSandboxCustomers = 75;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string upper(std::string text) {
  for (char& c : text) {
    c = upper(c);
  }
  return text;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '-';
         });
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

/// A language with a market's code behind it.
bool is_culture(const CustomerScene& scene, std::string_view text) {
  const auto dash = text.rfind('-');
  return dash != std::string_view::npos && scene.countries.language(text.substr(0, dash)) &&
         scene.markets.find(text.substr(dash + 1)) != nullptr;
}

bool is_language(const CustomerScene& scene, std::string_view text) {
  return scene.countries.language(text) || is_culture(scene, text);
}

bool asks_for_number(const CustomerFacts& f) {
  return organization_number_required(f.country, f.scene.env.switches);
}

bool number_elsewhere_refused(const CustomerFacts& f) {
  return f.scene.env.switches.is({Switch::OrganizationNumbers, "2021"}) && !asks_for_number(f);
}

/// Letters, digits and what stands between them. Where a country has no form of its own, a number
/// that cannot be one has no expected form to be refused with.
bool could_be_number(std::string_view text) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kLongest = 40;
  return text.size() >= kShortest && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == ' ' || c == '.' || c == '/' || c == '-';
         });
}

bool taken_as(const CustomerFacts& f, SwitchOption status) {
  return f.scene.env.switches.is(status) && domain_taken(f.scene.world, f.draft.domain);
}

constexpr ErrorCode kInvalid = ErrorCode::InvalidRequestInput;

constexpr std::array<CustomerRule, 17> kProfileRules{{
    {"email_given", kInvalid, "/email",
     [](const CustomerFacts& f) { return f.draft.email.empty(); }},
    {"email_well_formed", kInvalid, "/email",
     [](const CustomerFacts& f) { return !is_email(f.draft.email); }},
    {"culture_given", kInvalid, "/culture",
     [](const CustomerFacts& f) { return f.draft.culture.empty(); }},
    {"culture_known", kInvalid, "/culture",
     [](const CustomerFacts& f) { return !is_culture(f.scene, f.draft.culture); }},
    {"language_given", kInvalid, "/language",
     [](const CustomerFacts& f) { return f.draft.language.empty(); }},
    {"language_known", kInvalid, "/language",
     [](const CustomerFacts& f) { return !is_language(f.scene, f.draft.language); }},
    {"company_name_given", kInvalid, "/companyName",
     [](const CustomerFacts& f) { return f.draft.company_name.empty(); }},
    {"country_given", kInvalid, "/defaultAddress/country",
     [](const CustomerFacts& f) { return f.draft.address.country.empty(); }},
    {"country_is_market", kInvalid, "/defaultAddress/country",
     [](const CustomerFacts& f) {
       return f.scene.markets.find(f.draft.address.country) == nullptr;
     }},
    {"address_line_given", kInvalid, "/defaultAddress/addressLine1",
     [](const CustomerFacts& f) { return f.draft.address.address_line1.empty(); }},
    {"city_given", kInvalid, "/defaultAddress/city",
     [](const CustomerFacts& f) { return f.draft.address.city.empty(); }},
    {"first_name_given", kInvalid, "/defaultAddress/firstName",
     [](const CustomerFacts& f) { return f.draft.address.first_name.empty(); }},
    {"last_name_given", kInvalid, "/defaultAddress/lastName",
     [](const CustomerFacts& f) { return f.draft.address.last_name.empty(); }},
    {"state_given_where_required", kInvalid, "/defaultAddress/state",
     [](const CustomerFacts& f) {
       return f.country.state_required && f.draft.address.state.empty();
     }},
    {"state_of_country", kInvalid, "/defaultAddress/state",
     [](const CustomerFacts& f) {
       const auto& state = f.draft.address.state;
       return !state.empty() && !f.country.states.empty() &&
              f.country.states.find(upper(state)) == f.country.states.end();
     }},
    {"postal_code_given_where_required", kInvalid, "/defaultAddress/postalCode",
     [](const CustomerFacts& f) {
       return f.country.postal_code_required && f.draft.address.postal_code.empty();
     }},
    {"postal_code_of_country", kInvalid, "/defaultAddress/postalCode",
     [](const CustomerFacts& f) {
       const auto& code = f.draft.address.postal_code;
       return !code.empty() && !f.country.postal_code.fits(code);
     }},
}};

constexpr std::array<CustomerRule, 4> kAddressRules{{
    {"validated_country_given", kInvalid, "/country",
     [](const CustomerFacts& f) { return f.draft.address.country.empty(); }},
    {"validated_country_is_market", kInvalid, "/country",
     [](const CustomerFacts& f) {
       return f.scene.markets.find(f.draft.address.country) == nullptr;
     }},
    {"validated_address_line_given", kInvalid, "/addressLine1",
     [](const CustomerFacts& f) { return f.draft.address.address_line1.empty(); }},
    {"validated_city_given", kInvalid, "/city",
     [](const CustomerFacts& f) { return f.draft.address.city.empty(); }},
}};

constexpr std::string_view kNumber = "/companyProfile/organizationRegistrationNumber";
constexpr std::string_view kDomain = "/companyProfile/domain";

constexpr std::array<CustomerRule, 9> kNewRules{{
    {"organization_number_only_where_asked", ErrorCode::OrganizationIdNotSupported, kNumber,
     [](const CustomerFacts& f) {
       return number_elsewhere_refused(f) && !f.draft.registration_number.empty();
     }},
    {"organization_number_plausible", ErrorCode::OrganizationIdNotSupported, kNumber,
     [](const CustomerFacts& f) {
       const auto& number = f.draft.registration_number;
       return !number.empty() && f.country.organization_number.text.empty() &&
              !could_be_number(number);
     }},
    {"organization_number_given", ErrorCode::OrganizationIdMissing, kNumber,
     [](const CustomerFacts& f) {
       return asks_for_number(f) && f.draft.registration_number.empty();
     }},
    {"organization_number_of_country", ErrorCode::OrganizationIdInvalid, kNumber,
     [](const CustomerFacts& f) {
       const auto& number = f.draft.registration_number;
       return !number.empty() && !f.country.organization_number.fits(number);
     },
     [](const CustomerFacts& f) { return f.country.organization_number.text; }},
    {"phone_number_given", ErrorCode::PhoneNumberMissing,
     "/billingProfile/defaultAddress/phoneNumber",
     [](const CustomerFacts& f) {
       return asks_for_number(f) && f.draft.address.phone_number.empty();
     }},
    {"domain_given", kInvalid, kDomain,
     [](const CustomerFacts& f) { return f.draft.domain.empty(); }},
    {"domain_well_formed", kInvalid, kDomain,
     [](const CustomerFacts& f) { return !is_domain_name(f.draft.domain); }},
    {"domain_free", kInvalid, kDomain,
     [](const CustomerFacts& f) {
       return taken_as(f, {Switch::DomainTaken, "800002"});
     }},
    {"domain_free_of_conflict", ErrorCode::TenantCreationConflict, kDomain,
     [](const CustomerFacts& f) {
       return taken_as(f, {Switch::DomainTaken, "1003"});
     }},
}};

constexpr std::array<CreatorRule, 2> kCreatorRules{{
    {"reseller_leaves_customers_to_provider", ErrorCode::PartnerAccessDenied,
     [](const CreatorFacts& f) { return f.partner.kind == PartnerKind::IndirectReseller; }},
    {"sandbox_has_room", ErrorCode::SandboxLimitMet,
     [](const CreatorFacts& f) {
       const auto own = [&](const auto& entry) {
         return equal_ignoring_case(entry.second.partner_key, f.partner.domain);
       };
       return f.partner.sandbox && std::count_if(f.world.customers.begin(), f.world.customers.end(),
                                                 own) >= kSandboxCustomers;
     }},
}};

/// Judges by one table; `base` goes before the pointers.
Result<Done> judge(std::span<const CustomerRule> rules, const CustomerScene& scene,
                   const CustomerDraft& draft, std::string_view base) {
  const CustomerFacts facts{scene, draft, scene.countries.of(draft.address.country)};
  const CustomerRule* broken = first_broken(rules, facts, scene.env.trace);
  if (broken == nullptr) {
    return Done{};
  }
  Error error{broken->error, {}, std::string{base} + std::string{broken->pointer}};
  if (broken->argument != nullptr) {
    error.arguments.push_back(broken->argument(facts));
  }
  return error;
}

void remember(const CustomerScene& scene, const CustomerDraft& draft) {
  if (scene.env.trace != nullptr) {
    scene.env.trace->value("country", draft.address.country);
    scene.env.trace->value("domain", draft.domain);
  }
}

}  // namespace

bool domain_taken(const World& world, std::string_view domain) {
  const auto same = [&](const auto& entry) {
    return equal_ignoring_case(entry.second.domain, domain);
  };
  return std::any_of(world.customers.begin(), world.customers.end(), same) ||
         std::any_of(world.partners.begin(), world.partners.end(), same);
}

std::span<const CustomerRule> billing_profile_rules() { return kProfileRules; }

std::span<const CreatorRule> creator_rules() { return kCreatorRules; }

Result<Done> check_creator(const World& world, const Partner& partner, const Env& env) {
  if (const auto* broken = first_broken(creator_rules(), CreatorFacts{world, partner}, env.trace)) {
    return broken->error;
  }
  return Done{};
}

std::span<const CustomerRule> address_rules() { return kAddressRules; }

std::span<const CustomerRule> new_customer_rules() { return kNewRules; }

bool organization_number_required(const CountryRule& country, const Switches& switches) {
  return switches.is({Switch::OrganizationNumbers, "2021"}) ? country.number_required_2021
                                                            : country.number_required_2023;
}

Result<Done> check_billing_members(const CustomerScene& scene, const CustomerDraft& draft) {
  return judge(billing_profile_rules(), scene, draft, {});
}

Result<Done> check_address_members(const CustomerScene& scene, const Address& address) {
  CustomerDraft draft;
  draft.address = address;
  const CustomerFacts facts{scene, draft, scene.countries.of(address.country)};
  const CustomerRule* broken = first_broken(address_rules(), facts, scene.env.trace);
  if (broken != nullptr) {
    return Error{broken->error, {}, std::string{broken->pointer}};
  }
  return Done{};
}

Result<Done> check_new_customer(const CustomerScene& scene, const CustomerDraft& draft) {
  remember(scene, draft);
  PCSIM_TRY(profile, judge(billing_profile_rules(), scene, draft, "/billingProfile"));
  static_cast<void>(profile);
  return judge(new_customer_rules(), scene, draft, {});
}

Result<Done> check_billing_etag(const Env& env, std::string_view sent,
                                const BillingProfile& profile) {
  if (sent.empty()) {
    return env.switches.is({Switch::BillingEtagMissing, "accepted"})
               ? Result<Done>{Done{}}
               : Error{kInvalid, {}, "/attributes/etag"};
  }
  if (unquoted(sent) != std::to_string(profile.etag)) {
    return ErrorCode::EtagNoLongerValid;
  }
  return Done{};
}

Result<std::string> named_reseller(const World& world, const Partner& provider,
                                   std::string_view name) {
  if (name.empty()) {
    return std::string{};
  }
  const auto buys_through_provider = [&](const Partner& reseller) {
    return std::any_of(
        reseller.providers.begin(), reseller.providers.end(),
        [&](const std::string& key) { return equal_ignoring_case(key, provider.domain); });
  };
  for (const auto& [id, other] : world.partners) {
    if (provider.kind == PartnerKind::IndirectProvider &&
        other.kind == PartnerKind::IndirectReseller && buys_through_provider(other) &&
        (equal_ignoring_case(other.tenant_id, name) || other.mpn_id == name)) {
      return lower(other.domain);
    }
  }
  return Error{kInvalid, {}, "/associatedPartnerId"};
}

const Partner* reseller_of(const World& world, const Customer& customer) {
  for (const auto& [id, partner] : world.partners) {
    if (!customer.reseller_key.empty() &&
        equal_ignoring_case(partner.domain, customer.reseller_key)) {
      return &partner;
    }
  }
  return nullptr;
}

bool is_domain_name(std::string_view text) {
  const auto labels = split(text, '.');
  return labels.size() > 1 && text.size() <= kLongestDomain &&
         std::all_of(labels.begin(), labels.end(), is_label) &&
         std::all_of(labels.back().begin(), labels.back().end(), is_letter);
}

std::string normal_culture(std::string_view culture) {
  std::string out = lower(culture);
  const auto dash = out.rfind('-');
  if (dash != std::string::npos && out.size() - dash == 3) {
    out[dash + 1] = upper(out[dash + 1]);
    out[dash + 2] = upper(out[dash + 2]);
  }
  return out;
}

std::string_view unquoted(std::string_view text) {
  if (text.substr(0, 2) == "W/") {
    text.remove_prefix(2);
  }
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

bool sees_customer(const Partner& partner, const Customer& customer) {
  const auto& key =
      partner.kind == PartnerKind::IndirectReseller ? customer.reseller_key : customer.partner_key;
  return !key.empty() && equal_ignoring_case(key, partner.domain);
}

}  // namespace pcsim
