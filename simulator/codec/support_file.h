#pragma once

#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/support/support_catalogue.h"

namespace pcsim {

/// Reads the services of `fixtures/support/classifications.csv`.
std::variant<SupportCatalogue, DataFailure> read_support(std::string_view csv);

}  // namespace pcsim
