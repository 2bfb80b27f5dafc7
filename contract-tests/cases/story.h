#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "harness/client.h"

namespace pcsim::contract {

/// A test with a fresh demo world.
class Contract : public ::testing::Test {
 protected:
  Universe universe{};
};

constexpr const char* kAzurePlan = "DZH318Z0BPS6:0001:DZH318Z0BML6";
constexpr const char* kMicrosoftAzure = "MS-AZR-0145P";
/// A seat-based service billed by the month, perpetual software, and a legacy offer's add-on.
constexpr const char* kSeats = "DZH318Z0BXWC:0002:DZH318Z0BMRV";
constexpr const char* kSoftware = "DG7GMGF0DWM3:0002:DG7GMGF0DT1M";
constexpr const char* kBaseOffer = "91FD106F-4B2C-4938-95AC-F54F74E9A239";
constexpr const char* kAddon = "C94271D8-B431-4A25-A3C5-A57737A1C909";
/// A software plan of SUSE Linux for one year.
constexpr const char* kSuse = "DZH318Z0BR11:0001:DZH318ZKFCMT";
/// A reservation in a region without capacity, under an Azure plan.
constexpr const char* kRestrictedItem = "DZH318Z0BQ3Q:0003:DZH318XZXPHN";
/// A reservation of 32 cores under Microsoft Azure, beyond the quota of one subscription.
constexpr const char* kManyCoresItem = "DZH318Z0BQ3V:00G0:DZH318XYQ0AA";
constexpr const char* kCustomerAgreement = "117a77b0-9360-443b-8795-c6dedc750cf9";

Path customer_path(const std::string& customer);
Path subscription_path(const std::string& customer, const std::string& subscription);

/// The body that creates a customer in `country`, with a domain no other customer has.
nlohmann::json new_customer(const std::string& country);

/// Creates a customer; its id.
std::string create_customer(const Client& client, const std::string& country);

/// The body that confirms the Microsoft Customer Agreement.
nlohmann::json agreement(const std::string& email = "ana@moulin.example");

void accept_agreement(const Client& client, const std::string& customer);

/// What a reservation line says about where it is billed.
struct Billing {
  std::string subscription{}, scope = "shared";
};

/// One order line as an order body, and one cart line as a cart body.
nlohmann::json order_of(const std::string& item, const Billing& billing = {}, int quantity = 1);
nlohmann::json cart_of(const std::string& item, const Billing& billing = {}, int quantity = 1);

/// Buys the Azure plan by an order; the id of the subscription.
std::string buy_plan(const Client& client, const std::string& customer);

void register_subscription(const Client& client, const std::string& customer,
                           const std::string& subscription);

/// A reservation on sale under an Azure plan or, with `legacy`, under Microsoft Azure, as product,
/// SKU and availability ids and as catalogue item. It is asked for in a market that sells them.
struct Item {
  std::string product{}, sku{}, availability{}, catalogue_item{};
};
Item reservation_item(const Client& client, bool legacy = false);

/// A customer with agreement, registered plan: ready to buy reservations.
struct ReadyCustomer {
  std::string id{}, plan{};
};
ReadyCustomer ready_customer(const Client& client, const std::string& country);

/// Body of a reservation purchase at the resource manager.
nlohmann::json purchase_of(const std::string& azure_subscription);

/// Asks for a price; the reservation order id it was quoted under.
std::string quote(const Client& client, const std::string& azure_subscription);

/// An agent of the partner on behalf of a customer, at the resource manager.
Client agent_for(Universe& universe, const std::string& customer);

/// A reservation that was bought: its order, itself, and its path.
struct Bought {
  std::string order{}, id{};
  std::string path() const;
  Path in_path() const;  ///< as parameters of a path
};

/// Quotes and buys what `body` says.
Bought buy_reservation(const Client& client, const nlohmann::json& body);

/// Quotes and buys; the reservation order id.
std::string purchase(const Client& client, const std::string& azure_subscription);

/// Definitions of roles, and the bodies that assign one and define one.
constexpr const char* kOwnerRoleId = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
constexpr const char* kReaderRole = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
constexpr const char* kReservationsAdministrator = "a8889054-8d42-49c9-bc1c-52486c10e7cd";
nlohmann::json assignment_of(const std::string& role, const std::string& principal,
                             const std::string& type = "User");
nlohmann::json custom_role(const std::string& name);

/// The body of a support ticket; quota tickets ask for 64 vCPUs.
nlohmann::json new_ticket(const std::string& classification,
                          const std::string& description = "Please help");

}  // namespace pcsim::contract
