#include <cstdio>

#include "pcsim/error_code.h"
#include "server/command.h"

namespace pcsim {

int errors_command(const Arguments& arguments) {
  if (const auto code = read_options(OptionReader{"errors"},
                                     "usage: pcsim errors\n"
                                     "Lists the errors: name, status, code, text.\n",
                                     arguments)) {
    return *code;
  }
  for (std::size_t i = 0; i < error_count(); ++i) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(i));
    std::printf("%-44s %3d %-10s %s\n", std::string{row.name}.c_str(), row.status,
                std::string{row.code}.c_str(), std::string{row.text_en}.c_str());
  }
  return 0;
}

}  // namespace pcsim
