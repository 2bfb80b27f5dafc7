#pragma once

#include <span>
#include <string_view>

#include "pcsim/operation.h"

namespace pcsim {

/// A documented method and path of the Partner Center API, one row of contract-tests/inventory.csv.
struct InventoryRow {
  /// T1: what the published purchase flows need, T2: its neighbours, T3: the rest.
  std::string_view tier;
  std::string_view method;
  std::string_view host;  ///< where it answers; empty for the main host
  std::string_view path;
  std::string_view auth;  ///< an AuthMode by name, or Unstated
  std::string_view page;  ///< the page that documents it; SDK when only the public SDK knows it
};

/// All rows, in the order of the documentation.
std::span<const InventoryRow> inventory();

/// Whether two paths are the same but for the names of parameters, letter case and `/v1.0`.
bool same_path(std::string_view left, std::string_view right);

/// The operation that simulates `row`; null when it is documented only.
const Operation* simulation_of(const InventoryRow& row);

}  // namespace pcsim
