#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/transfers/transfer.h"

/// Transfers on the wire. Source: "TransferEntity resources".
namespace pcsim {

/// A request for a transfer as it was sent; the body's names are in lower case.
TransferDraft read_transfer(const nlohmann::json& body);

nlohmann::ordered_json transfer_json(const Transfer& transfer);

/// What an acceptance answers: the lines that could not move, with their code.
nlohmann::ordered_json transfer_result_json(const Transfer& transfer);

}  // namespace pcsim
