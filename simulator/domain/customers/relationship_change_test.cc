#include "domain/customers/relationship_change.h"

#include <gtest/gtest.h>

#include "domain/customers/deletion_rules.h"
#include "domain/customers/holdings.h"
#include "domain/policies/policy_rules.h"

namespace pcsim {
namespace {

const std::string kCustomer = "22222222-2222-4222-8222-222222222222";

Catalogue software_shop() {
  Product software{"W", "Software", "", "Software", "", {"Software"}, {}};
  Sku sku;
  sku.id = "1";
  sku.availabilities = {{"A", "W:1:A", "commercial"}};
  software.skus.push_back(sku);
  return Catalogue({software});
}

struct RelationshipChange : testing::Test {
  World world{};
  Partner provider{"t1", "provider.example", "P", PartnerKind::IndirectProvider, "US"};
  Partner reseller{"t2", "reseller.example", "R", PartnerKind::IndirectReseller, "US"};
  IdSource ids{1};
  Switches switches{};
  Catalogue catalogue = software_shop();

  RelationshipChange() {
    reseller.providers = {provider.domain};
    Customer customer;
    customer.id = kCustomer;
    customer.partner_key = provider.domain;
    customer.reseller_key = reseller.domain;
    world.customers.put(kCustomer, customer);
    world.policies.put(policy_key(provider, kCustomer), {kCustomer, provider.domain, "e", {}});
  }

  const Customer& customer() const { return *world.customers.find(kCustomer); }
  Result<Done> ended(RelationshipEnd end = RelationshipEnd::Relationship) {
    const Env env{0, ids, 0, switches};
    return check_end({world, customer(), provider, end, env});
  }
  Result<Done> deleted() {
    return check_deletion({world, catalogue, provider, customer()}, nullptr);
  }
  void add_reservation() {
    Reservation reservation;
    reservation.customer_id = kCustomer;
    world.reservations.put("r", reservation);
  }
};

TEST_F(RelationshipChange, ReservationsAreInTheWay) {
  EXPECT_TRUE(ended());
  add_reservation();
  EXPECT_EQ(ended().error().code, ErrorCode::OrderNotCancellable);
  EXPECT_TRUE(ended(RelationshipEnd::DelegatedAccess));
  world.reservations.edit("r")->cancelled = true;
  EXPECT_TRUE(ended());
}

TEST_F(RelationshipChange, ActiveSubscriptionsMayBeInTheWay) {
  Subscription subscription;
  subscription.customer_id = kCustomer;
  world.subscriptions.put("s", subscription);
  EXPECT_TRUE(ended());
  ASSERT_TRUE(switches.choose("relationship-end", "reservations-and-subscriptions"));
  EXPECT_EQ(ended().error().code, ErrorCode::OrderNotCancellable);
  world.subscriptions.edit("s")->status = SubscriptionStatus::Suspended;
  EXPECT_TRUE(ended());
}

TEST_F(RelationshipChange, AProviderTakesItsResellerAlong) {
  end_relationship(world, kCustomer, provider, RelationshipEnd::Relationship);
  EXPECT_EQ(customer().partner_key, "");
  EXPECT_EQ(customer().reseller_key, "");
  EXPECT_TRUE(world.policies.empty());
}

TEST_F(RelationshipChange, AResellerLeavesTheCustomerToItsProvider) {
  end_relationship(world, kCustomer, reseller, RelationshipEnd::Relationship);
  EXPECT_EQ(customer().partner_key, provider.domain);
  EXPECT_EQ(customer().reseller_key, "");
  EXPECT_FALSE(world.policies.empty());
}

TEST_F(RelationshipChange, AdministrationEndsOnce) {
  EXPECT_TRUE(ended(RelationshipEnd::DelegatedAccess));
  end_relationship(world, kCustomer, provider, RelationshipEnd::DelegatedAccess);
  EXPECT_EQ(customer().partner_key, provider.domain);
  EXPECT_EQ(ended(RelationshipEnd::DelegatedAccess).error().code, ErrorCode::OperationNotSupported);
}

TEST_F(RelationshipChange, AcceptanceFollowsItsRules) {
  EXPECT_NE(accept_relationship(world, {customer(), reseller}, nullptr), "");
  Partner other{"t3", "other.example", "O", PartnerKind::Direct, "US"};
  EXPECT_NE(accept_relationship(world, {customer(), other}, nullptr), "");
  end_relationship(world, kCustomer, provider, RelationshipEnd::Relationship);
  EXPECT_NE(accept_relationship(world, {customer(), other, &reseller}, nullptr), "");
  EXPECT_EQ(accept_relationship(world, {customer(), provider, &reseller, true}, nullptr), "");
  EXPECT_EQ(customer().partner_key, provider.domain);
  EXPECT_EQ(customer().reseller_key, reseller.domain);
  EXPECT_TRUE(customer().delegated_access);
}

TEST_F(RelationshipChange, OnlySandboxCustomersWithoutPurchasesAreDeleted) {
  EXPECT_EQ(deleted().error().code, ErrorCode::OperationNotSupportedInEnvironment);
  provider.sandbox = true;
  EXPECT_TRUE(deleted());
  Order order;
  order.customer_id = kCustomer;
  order.lines.emplace_back();
  order.lines.front().offer_id = "W:1:A";
  world.orders.put("o", order);
  EXPECT_EQ(deleted().error().code, ErrorCode::OrderNotCancellable);
  world.orders.edit("o")->lines.front().quantity = 0;
  EXPECT_TRUE(deleted());
  add_reservation();
  EXPECT_EQ(deleted().error().code, ErrorCode::OrderNotCancellable);
}

TEST_F(RelationshipChange, ADeletionTakesEverythingAlong) {
  add_reservation();
  User user;
  user.tenant_id = kCustomer;
  world.users.put("u", user);
  erase_customer(world, kCustomer);
  EXPECT_TRUE(world.customers.empty());
  EXPECT_TRUE(world.users.empty());
  EXPECT_TRUE(world.reservations.empty());
  EXPECT_TRUE(world.policies.empty());
}

}  // namespace
}  // namespace pcsim
