#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {

/// What is bought in these tests beside Azure.
constexpr const char* kBasic = "CFQ7TTC0LH18:0001:CFQ7TTC0K971";       // seats, 1 month to 3 years
constexpr const char* kBasicTrial = "CFQ7TTC0LH18:0002:CFQ7TTC0K972";  // the same, to try
constexpr const char* kBasicAddon = "CFQ7TTC0LHZQ:0001:CFQ7TTC0KZQ1";  // 5 seats beside 10
constexpr const char* kAttested = "CFQ7TTC0HHS9:0001:CFQ7TTC0HX01";    // wants an attestation
constexpr const char* kRetired = "CFQ7TTC0RET1:0001:CFQ7TTC0RX01";     // no longer sold
constexpr const char* kMetered = "DZH318Z0BXMT:0001:DZH318Z0BMT1";     // needs an Azure plan
constexpr const char* kYearly = "DZH318Z0BXWC:0003:DZH318Z0BMRW";      // a service, by the year
constexpr const char* kSubscribed = "DG7GMGF0FKZV:0003:DG7GMGF0DWMS";  // software for three years
constexpr const char* kLimited = "DG7GMGF0STK1:0001:DG7GMGF0ST01";     // three are left
constexpr const char* kEnterprise3 = "796B6B5F-613C-4E24-A17C-EBA730D49C02";
constexpr const char* kEnterprise5 = "A044B16A-1861-4308-8086-A3A3B506FAC2";
constexpr const char* kB1s = "DZH318Z0BQ4B:000Z:DZH318Z0ESPL";  // what the sandbox reserves

/// Customers of the demo world whose purchases are in states that others bring about.
namespace demo {
constexpr const char* kWoodgrove = "d1000001-0000-4000-8000-000000000001";
constexpr const char* kPending = "d1000002-0000-4000-8000-000000000001";
constexpr const char* kInProgress = "d1000003-0000-4000-8000-000000000001";
constexpr const char* kFailed = "d1000004-0000-4000-8000-000000000001";
constexpr const char* kShared = "d1000005-0000-4000-8000-000000000001";
constexpr const char* kHeld = "d1000006-0000-4000-8000-000000000001";
constexpr const char* kAlpine = "d1000007-0000-4000-8000-000000000001";
constexpr const char* kGranular = "d1000008-0000-4000-8000-000000000001";
constexpr const char* kSandboxCustomer = "d1000009-0000-4000-8000-000000000001";
constexpr const char* kSandboxBeginner = "d1000012-0000-4000-8000-000000000001";
constexpr const char* kPendingUpgrade = "f3000002-0000-4000-8000-000000000001";
constexpr const char* kFailedUpgrade = "f3000004-0000-4000-8000-000000000001";
constexpr const char* kBusyCart = "f2000001-0000-4000-8000-000000000001";
}  // namespace demo

/// The n-th subscription of a customer of that list, and the order it was bought by.
std::string owned(const std::string& customer, int n);
std::string modern_order(const std::string& customer, int n);
std::string legacy_order(const std::string& customer, int n);

/// The body of an order of one line.
nlohmann::json seats_of(const std::string& item, int quantity = 1, const std::string& cycle = "",
                        const std::string& term = "");

/// Buys by an order of one line, which it answers.
nlohmann::json buy(const Client& client, const std::string& customer, const nlohmann::json& order);

/// Buys one line and answers the subscription's id.
std::string buy_subscription(const Client& client, const std::string& customer,
                             const nlohmann::json& order);

Path order_path(const std::string& customer, const std::string& order);

}  // namespace pcsim::contract
