#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/call.h"
#include "codec/partner_center/collection.h"
#include "domain/customers/customer_rules.h"

namespace pcsim::partner_center {

/// The value of a query parameter; `name` in lower case.
std::optional<std::string> query_value(const Call& call, const std::string& name);

/// A query parameter as a whole number, 0 when absent.
Result<std::size_t> query_number(const Call& call, const std::string& name);

/// The page of `count` items this request asks for.
Result<Page> requested_page(const Call& call, std::size_t count, std::size_t default_size);

/// The customer of the path; the gateway checked it before.
Result<const Customer*> path_customer(const Call& call);

/// What the rules of customers judge this call's drafts by.
CustomerScene customer_scene(const Call& call);

/// The etag of a write: the If-Match header, else attributes.etag of the body, else empty.
std::string sent_etag(const Call& call);

/// The calling partner or 403.
Result<const Partner*> require_partner(const Call& call);

}  // namespace pcsim::partner_center
