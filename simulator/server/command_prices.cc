#include <cstdio>
#include <string>

#include "codec/reference_data.h"
#include "pcsim/text.h"
#include "server/command.h"

namespace pcsim {
namespace {

/// A row with what it saves, for those that are reservations.
void print_row(const PriceRow& row) {
  const auto saving = row.saving();
  const std::string what =
      row.size.empty() ? std::string{row.product} + ":" + std::string{row.sku}
                       : std::string{row.size};
  std::printf("%-32s %-18s %-4s %12s", what.c_str(), std::string{row.region}.c_str(),
              std::string{row.term}.c_str(), row.price.text(2).c_str());
  if (saving) {
    std::printf(" %12s %6s %%", row.pay_as_you_go->text(2).c_str(),
                saving->percent_of(*row.pay_as_you_go).text(2).c_str());
  }
  std::printf("  %s\n", row.recorded ? "recorded" : "invented");
}

}  // namespace

int prices_command(const Arguments& arguments) {
  std::string size;
  std::string region;
  OptionReader reader{"prices"};
  reader.text("--size", size);
  reader.text("--region", region);
  if (const auto code = read_options(
          reader,
          "usage: pcsim prices [--size NAME] [--region NAME]\n"
          "Lists prices in US dollars: size or item, region, term, price, the same use without a\n"
          "reservation, the share saved, and whether the price was recorded or invented.\n",
          arguments)) {
    return *code;
  }
  const PriceList& prices = built_in_reference().catalogue.prices();
  std::size_t printed = 0;
  for (const PriceRow& row : prices.rows()) {
    if ((size.empty() || equal_ignoring_case(row.size, size)) &&
        (region.empty() || equal_ignoring_case(row.region, region))) {
      print_row(row);
      printed += 1;
    }
  }
  return printed > 0 ? 0
                     : refuse("no price for size '" + size + "' and region '" + region +
                              "'; `pcsim prices` lists all.");
}

}  // namespace pcsim
