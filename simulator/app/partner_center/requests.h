#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/call.h"
#include "codec/partner_center/collection.h"

namespace pcsim::partner_center {

/// The value of a query parameter; `name` in lower case.
std::optional<std::string> query_value(const Call& call, const std::string& name);

/// `size` as a number, 0 when absent.
Result<std::size_t> query_size(const Call& call);

/// The page of `count` items this request asks for.
Result<Page> requested_page(const Call& call, std::size_t count, std::size_t default_size);

/// The customer of the path; the gateway checked it before.
Result<const Customer*> path_customer(const Call& call);

/// The calling partner or 403.
Result<const Partner*> require_partner(const Call& call);

}  // namespace pcsim::partner_center
