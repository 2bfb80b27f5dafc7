#include <array>
#include <cstdio>
#include <map>
#include <string>

#include "contract/coverage.h"
#include "pcsim/error_code.h"
#include "server/command.h"

namespace pcsim {
namespace {

/// The documented table of REST errors has this many rows; the one beyond them is ours.
constexpr std::string_view kOurOwn = "ArtifactNotFound";

std::string_view word(Reach reach) {
  constexpr std::array<std::string_view, 3> kWords{"natural", "triggered", "listed"};
  return kWords[static_cast<std::size_t>(reach)];
}

void print_row(const ErrorRow& row, std::string_view first) {
  std::printf("%-44s %3d %-10s %s\n", std::string{row.name}.c_str(), row.status,
              std::string{row.code}.c_str(), std::string{first}.c_str());
}

void print_totals() {
  std::map<std::string, std::array<int, 3>> totals;
  for (std::size_t i = 0; i < error_count(); ++i) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(i));
    if (row.name != kOurOwn) {
      ++totals[std::string{row.surface}]
              [static_cast<std::size_t>(reach_of(static_cast<ErrorCode>(i)))];
    }
  }
  std::printf("%-14s %5s %8s %10s %7s %9s %20s\n", "surface", "rows", "natural", "triggered",
              "listed", "natural %", "natural+triggered %");
  for (const auto& [surface, counts] : totals) {
    const int rows = counts[0] + counts[1] + counts[2];
    std::printf("%-14s %5d %8d %10d %7d %9.1f %20.1f\n", surface.c_str(), rows, counts[0],
                counts[1], counts[2], 100.0 * counts[0] / rows,
                100.0 * (counts[0] + counts[1]) / rows);
  }
}

}  // namespace

int errors_command(const Arguments& arguments) {
  bool coverage = false;
  bool rows = false;
  OptionReader reader{"errors"};
  reader.flag("--coverage", coverage);
  reader.flag("--rows", rows);
  if (const auto code = read_options(
          reader,
          "usage: pcsim errors [--coverage [--rows]]\n"
          "Lists the errors: name, status, code, text.\n"
          "  --coverage  how many can be met, by surface: naturally, by ordinary requests;\n"
          "              triggered, by X-PCSim-Error: NAME; listed, not at all\n"
          "  --rows      each error with the way to meet it, instead of the totals\n",
          arguments)) {
    return *code;
  }
  if (coverage && !rows) {
    print_totals();
    return 0;
  }
  for (std::size_t i = 0; i < error_count(); ++i) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(i));
    print_row(row, rows ? word(reach_of(static_cast<ErrorCode>(i))) : row.text_en);
  }
  return 0;
}

}  // namespace pcsim
