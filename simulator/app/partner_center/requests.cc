#include "app/partner_center/requests.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {

std::optional<std::string> query_value(const Call& call, const std::string& name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::nullopt : std::optional{found->second};
}

Result<std::size_t> query_number(const Call& call, const std::string& name) {
  const auto text = query_value(call, lower(name)).value_or("0");
  std::size_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) {
    return Error{ErrorCode::InvalidRequestInput, {}, name};
  }
  return number;
}

Result<Page> requested_page(const Call& call, std::size_t count, std::size_t default_size) {
  PCSIM_TRY(size, query_number(call, "size"));
  PCSIM_TRY(offset, query_number(call, "offset"));
  PCSIM_TRY(index, query_number(call, "pageIndex"));
  SeekRequest seek;
  seek.size = size == 0 ? default_size : size;
  seek.offset = offset;
  seek.page_index = index;
  seek.token = call.request.headers.find("MS-ContinuationToken").value_or("");
  const auto word = query_value(call, "seekoperation").value_or("");
  const auto operation = seek_operation(word);
  if (!operation) {
    return Error{ErrorCode::InvalidRequestInput, {}, "seekOperation"};
  }
  seek.operation = *operation;
  const auto page = seek_page(count, seek);
  if (!page) {
    return Error{ErrorCode::InvalidRequestInput, {}, "MS-ContinuationToken"};
  }
  return *page;
}

CustomerScene customer_scene(const Call& call) {
  return {call.world, call.reference.markets, call.reference.country_rules, call.env};
}

std::string sent_etag(const Call& call) {
  if (const auto header = call.request.headers.find("If-Match")) {
    return std::string{*header};
  }
  return text_of(member(call.body, "attributes"), "etag");
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
