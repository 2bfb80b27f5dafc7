#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_writer.h"
#include "domain/world.h"

/// What cart lines and order lines have in common. Member names of read values are in lower case.
namespace pcsim {

ProvisioningContext read_provisioning(const nlohmann::json& line);
void write_provisioning(JsonPlace place, const ProvisioningContext& context);

/// The term duration of `renewsTo`, which is an object or an array of one.
std::string read_renews_to(const nlohmann::json& line);
/// `{"termDuration":…}`.
void write_renews_to(JsonPlace place, std::string_view term_duration);

/// Reads `participants`; their keys take the wire's spelling (`transaction_reseller`).
std::vector<Participant> read_participants(const nlohmann::json& line);
void write_participants(JsonPlace place, const std::vector<Participant>& participants);

/// ASCII upper case, in which legacy ids are shown.
std::string upper(std::string text);

/// The concurrency tag of a legacy resource: base64 of its lower-case id and version.
std::string version_etag(const std::string& id, std::int64_t version);

/// Whether `sent`, which may stand in quotation marks, is that tag; an empty one goes unasked.
bool etag_current(std::string_view sent, const std::string& id, std::int64_t version);

}  // namespace pcsim
