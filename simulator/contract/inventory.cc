#include "pcsim/inventory.h"

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr InventoryRow kRows[] = {
#define PCSIM_INVENTORY(tier, method, host, path, auth, page) \
  {tier, method, host, path, auth, page},
#include "pcsim/inventory.inc"
#undef PCSIM_INVENTORY
};

bool is_parameter(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

std::string_view version(std::string_view segment) { return segment == "v1.0" ? "v1" : segment; }

}  // namespace

std::span<const InventoryRow> inventory() { return kRows; }

bool same_path(std::string_view left, std::string_view right) {
  const auto ours = split(left, '/');
  const auto theirs = split(right, '/');
  if (ours.size() != theirs.size()) {
    return false;
  }
  for (std::size_t at = 0; at < ours.size(); ++at) {
    if (is_parameter(ours[at]) != is_parameter(theirs[at]) ||
        (!is_parameter(ours[at]) && !equal_ignoring_case(version(ours[at]), version(theirs[at])))) {
      return false;
    }
  }
  return true;
}

const Operation* simulation_of(const InventoryRow& row) {
  for (const Operation& operation : operations()) {
    if (operation.surface == Surface::PartnerCenter && operation.method == row.method &&
        same_path(operation.path, row.path)) {
      return &operation;
    }
  }
  return nullptr;
}

}  // namespace pcsim
