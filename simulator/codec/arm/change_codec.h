#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/reservations/changes.h"
#include "domain/reservations/exchange.h"

/// Bodies of requests about reservations, whose member names are lower-case.
namespace pcsim {

/// A reservation by its path, or by its id alone; ids in lower case, empty when there is none.
struct ReservationPath {
  std::string order_id{}, reservation_id{};
};
ReservationPath parse_reservation_path(const std::string& text);

/// A purchase as `purchase_json` wrote it.
PurchaseRequest parse_stored_purchase(const std::string& text);

ReservationChange parse_change(const nlohmann::json& body);

struct SplitRequest {
  std::string reservation;  ///< as it was named
  std::vector<std::int64_t> quantities{};
};
SplitRequest parse_split(const nlohmann::json& body);

/// What a merge names.
std::vector<std::string> parse_merge(const nlohmann::json& body);

/// The scopes asked about, within properties or (`2017-11-01`) by themselves.
std::vector<std::string> parse_scopes(const nlohmann::json& body);

/// What calculateRefund and return name.
struct ReturnRequest {
  std::string session_id{}, reservation{}, reason{};
  std::int64_t quantity = 1;
};
ReturnRequest parse_return(const nlohmann::json& body);

/// What calculateExchange wants; reservations as they were named.
ExchangeWish parse_exchange(const nlohmann::json& body);

}  // namespace pcsim
