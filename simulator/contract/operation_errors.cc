#include <array>
#include <set>

#include "pcsim/operation.h"

namespace pcsim {
namespace {

// Not std::array: deducing its size from so many rows exceeds what clang instantiates.
constexpr OperationError kListed[] = {
#define OP_ERROR(operation, error) OperationError{OperationId::operation, ErrorCode::error},
#include "pcsim/operations/errors.def"
#undef OP_ERROR
};

bool sends_body(const Operation& row) {
  return row.method == "POST" || row.method == "PUT" || row.method == "PATCH";
}

/// An error that every operation with a certain trait can answer.
struct Derived {
  ErrorCode error;
  bool (*applies)(const Operation&);
};

bool partner_center(const Operation& row) { return row.surface == Surface::PartnerCenter; }
bool arm(const Operation& row) { return row.surface == Surface::Arm; }
bool reads_json(const Operation& row) {
  return row.surface != Surface::Entra && row.id != OperationId::GenerateToken && sends_body(row);
}
bool of_scope(const Operation& row) {
  return arm(row) && (row.path.find("{subscriptionId}") != std::string_view::npos ||
                      row.path.find("{*scope}") != std::string_view::npos);
}
bool of_billing_account(const Operation& row) {
  return arm(row) && row.path.find("{billingAccount}") != std::string_view::npos;
}
bool of_customer(const Operation& row) {
  return row.path.find("{customerId}") != std::string_view::npos;
}
bool of_tenant(const Operation& row) {
  return row.path.find("{tenant}") != std::string_view::npos;
}

constexpr std::array kDerived{
    Derived{ErrorCode::UniverseNotFound, [](const Operation&) { return true; }},
    Derived{ErrorCode::UniverseLimitReached, of_tenant},
    Derived{ErrorCode::PartnerTokenMissing, partner_center},
    Derived{ErrorCode::AccessDenied, partner_center},
    Derived{ErrorCode::AudienceNoLongerSupported,
            [](const Operation& row) {
              return partner_center(row) && row.id != OperationId::GenerateToken;
            }},
    Derived{ErrorCode::AppOnlyNotSupported,
            [](const Operation& row) { return row.auth == AuthMode::UserOnly; }},
    Derived{ErrorCode::RoleNotAllowed,
            [](const Operation& row) { return partner_center(row) && row.roles != kAnyRole; }},
    Derived{ErrorCode::RateLimited, partner_center},
    Derived{ErrorCode::NotAcceptable, partner_center},
    Derived{ErrorCode::InvalidCustomerIdFormat,
            [](const Operation& row) { return of_customer(row) && !has_newer_errors(row); }},
    Derived{ErrorCode::InvalidCustomerId,
            [](const Operation& row) { return of_customer(row) && has_newer_errors(row); }},
    Derived{ErrorCode::TenantNotFound, of_customer},
    Derived{ErrorCode::NoCommerceRelationship,
            [](const Operation& row) { return of_customer(row) && !has_newer_errors(row); }},
    Derived{ErrorCode::NoCommerceRelationshipDetailed,
            [](const Operation& row) { return of_customer(row) && has_newer_errors(row); }},
    Derived{ErrorCode::ArmAuthenticationFailed, arm},
    Derived{ErrorCode::ArmInvalidToken, arm},
    Derived{ErrorCode::ArmExpiredToken, arm},
    Derived{ErrorCode::ArmInvalidAudience, arm},
    Derived{ErrorCode::ArmMissingApiVersion, arm},
    Derived{ErrorCode::ArmNoRegisteredProvider, arm},
    Derived{ErrorCode::ArmTokenClaimsMissing, arm},
    Derived{ErrorCode::ArmSessionRevoked, arm},
    Derived{ErrorCode::ArmMfaRequired,
            [](const Operation& row) {
              return arm(row) && row.method != "GET" && row.method != "HEAD";
            }},
    Derived{ErrorCode::ArmSubscriptionNotFound, of_scope},
    Derived{ErrorCode::ArmWrongIssuer, of_scope},
    Derived{ErrorCode::ArmAuthorizationFailed,
            [](const Operation& row) { return of_scope(row) || of_billing_account(row); }},
    Derived{ErrorCode::ArmResourceNotFound, of_billing_account},
    Derived{ErrorCode::UnsupportedMediaType, reads_json},
    Derived{ErrorCode::InvalidJson, reads_json},
    Derived{ErrorCode::DuplicateMember, reads_json},
    Derived{ErrorCode::JsonTooDeep, reads_json},
    Derived{
        ErrorCode::InvalidRequestInput,
        [](const Operation& row) { return partner_center(row) && !row.request_schema.empty(); }},
    Derived{ErrorCode::ArmInvalidRequestContent,
            [](const Operation& row) { return arm(row) && !row.request_schema.empty(); }},
};

}  // namespace

std::span<const OperationError> operation_errors() { return kListed; }

bool has_newer_errors(const Operation& operation) {
  return operation.path.find("/azureEntitlements") != std::string_view::npos;
}

bool admits_other_partner(const Operation& operation) {
  return operation.path.find("/transfers") != std::string_view::npos;
}

std::vector<ErrorCode> expected_errors(const Operation& row) {
  std::set<ErrorCode> all;
  for (const OperationError& listed : kListed) {
    if (listed.operation == row.id) {
      all.insert(listed.error);
    }
  }
  for (const Derived& derived : kDerived) {
    if (derived.applies(row)) {
      all.insert(derived.error);
    }
  }
  return {all.begin(), all.end()};
}

}  // namespace pcsim
