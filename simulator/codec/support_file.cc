#include "codec/support_file.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "codec/csv_file.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 8> kColumns{"service",        "service_en",     "service_fr",
                                                   "resource_types", "classification", "label_en",
                                                   "label_fr",       "purpose"};

std::optional<TicketPurpose> purpose_of(const std::string& word) {
  for (const auto& [name, purpose] :
       {std::pair{"other", TicketPurpose::Other}, std::pair{"return", TicketPurpose::Return},
        std::pair{"quota", TicketPurpose::Quota}}) {
    if (word == name) {
      return purpose;
    }
  }
  return std::nullopt;
}

}  // namespace

std::variant<SupportCatalogue, DataFailure> read_support(std::string_view csv) {
  auto parsed = CsvFile::parse(csv, kColumns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  SupportCatalogue out;
  for (const CsvRow& row : file.rows()) {
    const auto cell = [&](std::string_view column) { return file.cell(row, column); };
    if (!is_guid(cell("service"))) {
      return DataFailure{"service", row.line, "must be a GUID"};
    }
    if (out.services.empty() || out.services.back().id != lower(cell("service"))) {
      SupportService service{lower(cell("service")), cell("service_en"), cell("service_fr")};
      const std::string types = cell("resource_types");
      for (const std::string_view type : split(types, ' ')) {
        if (!type.empty()) {
          service.resource_types.emplace_back(type);
        }
      }
      out.services.push_back(std::move(service));
    }
    if (cell("classification").empty()) {
      continue;
    }
    const auto purpose = purpose_of(cell("purpose"));
    if (!is_guid(cell("classification")) || out.topic(cell("classification")) != nullptr) {
      return DataFailure{"classification", row.line, "must be a GUID of its own"};
    }
    if (!purpose) {
      return DataFailure{"purpose", row.line, "must be one of other return quota"};
    }
    out.services.back().topics.push_back(
        {lower(cell("classification")), cell("label_en"), cell("label_fr"), *purpose});
  }
  return out;
}

}  // namespace pcsim
