// The JSON Schemas of the product, by the names the operations give them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "pcsim/operation.h"
#include "pcsim/schema.h"

namespace pcsim {

/// The store of every file under schemas/, all of them read by the first call. Each is compiled
/// when first asked for. Any number of threads may call what is declared here.
const SchemaStore& schema_library();

/// The schema of the file `schemas/{name}.json`, such as "partner_center/customer/customer".
/// Null, and a text in *error, when there is none or it does not compile. Reads only that file and
/// those it refers to.
const Schema* find_schema(std::string_view name, std::string* error = nullptr);

/// The file `schemas/{path}` as it stands, such as "partner_center/customer/customer.json"; null
/// when there is none.
const nlohmann::json* schema_document(std::string_view path);

/// The path of the file that `reference`, found in the file `path`, names.
std::string schema_document_of(std::string_view path, std::string_view reference);

/// The name of the schema of an error answer: `code` is what the wire shows (a number as text on
/// Partner Center), empty for errors of the API gateway. Partner Center REST error codes;
/// API throttling guidance.
std::string_view error_schema(Surface surface, int status, std::string_view code);

}  // namespace pcsim
