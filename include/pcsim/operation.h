#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "pcsim/error_code.h"

namespace pcsim {

/// The API family an operation belongs to; it decides envelope, headers and casing.
enum class Surface { PartnerCenter, Entra, Arm };

/// Which tokens an operation takes (page text "App", "App+User").
enum class AuthMode { Public, AppOrUser, UserOnly };

/// Partner Center roles as bits; a user needs one of an operation's.
enum Role : std::uint32_t {
  kAdminAgent = 1,
  kSalesAgent = 2,
  kHelpdeskAgent = 4,
  kGlobalAdmin = 8,
  kUserAdmin = 16,
  kAnyRole = 31
};

/// Every operation, one enumerator per row of include/pcsim/operations/*.def.
enum class OperationId {
#define OP(id, surface, method, path, auth, roles, status, in, out, summary) id,
#include "pcsim/operations/all.def"
#undef OP
};

/// One declared endpoint; routing, authorisation, schemas and listings derive from it.
struct Operation {
  OperationId id;
  std::string_view name;
  Surface surface;
  std::string_view method;
  std::string_view path;
  AuthMode auth;
  std::uint32_t roles;
  int success_status;
  std::string_view request_schema;
  std::string_view response_schema;
  std::string_view summary;
};

/// All operations in declaration order.
std::span<const Operation> operations();

/// The row that declares `id`.
const Operation& operation(OperationId id);

/// An error that an operation lists, one row of include/pcsim/operations/errors.def.
struct OperationError {
  OperationId operation;
  ErrorCode error;
};

/// The listed errors in declaration order.
std::span<const OperationError> operation_errors();

/// Whether the page of `operation` lists the later errors of the customer in the path, 900118 and
/// 900159, in place of 800002 and 20002.
bool has_newer_errors(const Operation& operation);

/// Whether `operation` is also for a partner who does not sell to the customer in the path, but
/// has to do with its transfers.
bool admits_other_partner(const Operation& operation);

/// Every error `row` can answer, without repetition and in the order of the error tables: what it
/// lists, and what follows from its surface, roles, path and body. Errors of the Cart surface
/// are carried inside a successful answer.
std::vector<ErrorCode> expected_errors(const Operation& row);

}  // namespace pcsim
