#include "app/partner_center/requests.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {

std::optional<std::string> query_value(const Call& call, const std::string& name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::nullopt : std::optional{found->second};
}

Result<std::size_t> query_size(const Call& call) {
  const auto text = query_value(call, "size").value_or("0");
  std::size_t size = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size);
  if (error != std::errc{} || stop != end) {
    return Error{ErrorCode::InvalidRequestInput, {}, "size"};
  }
  return size;
}

Result<Page> requested_page(const Call& call, std::size_t count, std::size_t default_size) {
  PCSIM_TRY(size, query_size(call));
  const auto token = call.request.headers.find("MS-ContinuationToken").value_or("");
  const auto seek = lower(query_value(call, "seekoperation").value_or(""));
  const auto page = seek_page(count, size, default_size, seek, token);
  if (!page) {
    return Error{ErrorCode::InvalidRequestInput, {}, "MS-ContinuationToken"};
  }
  return *page;
}

Result<const Customer*> path_customer(const Call& call) {
  const Customer* found = call.world.customers.find(lower(call.path.at("customerId")));
  if (found == nullptr) {
    return ErrorCode::TenantNotFound;
  }
  return found;
}

Result<const Partner*> require_partner(const Call& call) {
  const auto* partner = calling_partner(call);
  if (partner == nullptr) {
    return ErrorCode::PartnerAccessDenied;
  }
  return partner;
}

}  // namespace pcsim::partner_center
