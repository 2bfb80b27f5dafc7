#include <array>
#include <cstdio>
#include <map>
#include <string>

#include "pcsim/inventory.h"
#include "pcsim/operation.h"
#include "server/command.h"

namespace pcsim {
namespace {

void print_operations() {
  for (const Operation& row : operations()) {
    std::printf("%-26s %-6s %s\n", std::string{row.name}.c_str(), std::string{row.method}.c_str(),
                std::string{row.path}.c_str());
  }
}

void print_documented() {
  for (const InventoryRow& row : inventory()) {
    const Operation* simulation = simulation_of(row);
    std::printf("%-2s %-6s %-26s %s%s\n", std::string{row.tier}.c_str(),
                std::string{row.method}.c_str(),
                simulation == nullptr ? "-" : std::string{simulation->name}.c_str(),
                row.host.empty() ? "" : ("//" + std::string{row.host}).c_str(),
                std::string{row.path}.c_str());
  }
}

void print_totals() {
  std::map<std::string, std::array<int, 2>> totals;
  for (const InventoryRow& row : inventory()) {
    auto& [documented, simulated] = totals[std::string{row.tier}];
    ++documented;
    simulated += simulation_of(row) == nullptr ? 0 : 1;
  }
  std::printf("%-4s %10s %10s %10s\n", "tier", "documented", "simulated", "tested");
  for (const auto& [tier, counts] : totals) {
    // The contract tests fail unless each simulated operation succeeded and was refused in every
    // way it lists, so that there is none without a test.
    std::printf("%-4s %10d %10d %10d\n", tier.c_str(), counts[0], counts[1], counts[1]);
  }
}

}  // namespace

int routes_command(const Arguments& arguments) {
  bool coverage = false;
  bool rows = false;
  OptionReader reader{"routes"};
  reader.flag("--coverage", coverage);
  reader.flag("--rows", rows);
  if (const auto code = read_options(
          reader,
          "usage: pcsim routes [--coverage [--rows]]\n"
          "Lists the operations: name, method, path.\n"
          "  --coverage  how many methods and paths of Partner Center are documented, simulated\n"
          "              and tested, by tier: T1 what purchases need, T2 its neighbours, T3 the\n"
          "              rest\n"
          "  --rows      each documented one with the operation that simulates it, or a dash,\n"
          "              instead of the totals\n",
          arguments)) {
    return *code;
  }
  if (rows) {
    print_documented();
  } else if (coverage) {
    print_totals();
  } else {
    print_operations();
  }
  return 0;
}

}  // namespace pcsim
