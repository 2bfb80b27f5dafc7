#include "contract/coverage.h"

#include <algorithm>
#include <array>
#include <set>

namespace pcsim {
namespace {

constexpr std::array kUnrouted{ErrorCode::NotFound,
                               ErrorCode::MethodNotAllowed,
                               ErrorCode::ArmHttpMethodNotSupported,
                               ErrorCode::OperationNotSimulated,
                               ErrorCode::UnknownErrorTrigger,
                               ErrorCode::AmbiguousErrorTrigger,
                               ErrorCode::ErrorTriggerElsewhere};

// The empty row keeps the array from being empty.
constexpr ErrorBySwitch kBySwitch[] = {
#define PCSIM_BY_SWITCH(error, why) {error, why},
#include "pcsim/by_switch.inc"
#undef PCSIM_BY_SWITCH
    {}};

/// Errors that travel inside successful answers, by the beginning of their names, and the end of
/// the paths whose answers carry them.
struct Carrier {
  std::string_view prefix, path_end;
};
constexpr std::array kCarriers{Carrier{"Cart", "/carts"}, Carrier{"Cart", "/carts/{cartId}"},
                               Carrier{"Upgrade", "/upgrades"}, Carrier{"Transfer", "/accept"}};

const std::set<ErrorCode>& natural_errors() {
  static const auto set = [] {
    std::set<ErrorCode> out(kUnrouted.begin(), kUnrouted.end());
    for (const Operation& row : operations()) {
      const auto expected = expected_errors(row);
      out.insert(expected.begin(), expected.end());
    }
    for (const ErrorBySwitch& row : errors_by_switch()) {
      if (const auto error = error_named(row.error)) {
        out.erase(*error);
      }
    }
    return out;
  }();
  return set;
}

}  // namespace

std::span<const ErrorCode> unrouted_errors() { return kUnrouted; }

std::span<const ErrorBySwitch> errors_by_switch() {
  return std::span{kBySwitch}.first(std::size(kBySwitch) - 1);
}

bool carries(const Operation& operation, const ErrorRow& row) {
  return row.surface == "Cart" &&
         std::any_of(kCarriers.begin(), kCarriers.end(), [&](const Carrier& carrier) {
           return row.name.starts_with(carrier.prefix) &&
                  operation.path.ends_with(carrier.path_end);
         });
}

Reach reach_of(ErrorCode error) {
  if (natural_errors().contains(error)) {
    return Reach::Natural;
  }
  const ErrorRow& row = error_row(error);
  const auto all = operations();
  const bool can_be_asked_for =
      row.surface != "Cart" || std::any_of(all.begin(), all.end(), [&](const Operation& operation) {
        return carries(operation, row);
      });
  return can_be_asked_for ? Reach::Triggered : Reach::Listed;
}

}  // namespace pcsim
