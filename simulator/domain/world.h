#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/access/access_entities.h"
#include "domain/decimal.h"
#include "domain/identity/identity_entities.h"
#include "domain/instant.h"
#include "domain/reservations/reservation_entities.h"
#include "domain/support/support_entities.h"
#include "domain/table.h"
#include "pcsim/error_code.h"
#include "pcsim/switches.h"

/// The entities of one universe. No entity names the partner's tenant: the universe resolves it.
namespace pcsim {

/// What a partner tenant is in the CSP programme.
enum class PartnerKind { Direct, IndirectProvider, IndirectReseller };

struct Partner {
  std::string tenant_id;
  std::string domain;
  std::string company_name;
  PartnerKind kind = PartnerKind::Direct;
  std::string country;
  std::string mpn_id{};
  std::string admin_agents_group{}, helpdesk_agents_group{}, sales_agents_group{};
  std::vector<std::string> providers{};          ///< of a reseller: the providers it buys through
  bool agreement_signed = true;                  ///< the Microsoft Partner Agreement
  std::vector<std::string> agreement_regions{};  ///< where it signed; empty for its own region
  bool programme_active = true;                  ///< its membership in the CSP programme
  bool sandbox = false;                          ///< a tenant of the integration sandbox
  /// How much less than the list's price a reservation costs the partner: 0.15 for 15 percent.
  Decimal reservation_discount{};
  int requests_per_minute = 0;  ///< of its tenant, and of each customer; 0: as many as come
};

/// A user's account as a guest of another tenant, where it has an object of its own.
struct GuestAccess {
  std::string tenant_id, object_id;
};

struct User {
  std::string id;
  std::string user_principal_name;
  std::string password;
  std::string tenant_id;
  std::string display_name{};
  std::uint32_t roles = 0;
  bool mfa = true;
  std::string first_name{}, last_name{}, usage_location{}, phone_number{};
  std::string immutable_id{};                  ///< of a federated user: its key at home
  std::vector<std::string> directory_roles{};  ///< ids of the roles in the customer's tenant
  bool force_change_password = false;
  std::optional<Instant> soft_deleted{};  ///< may be restored for a while
  std::optional<Instant> directory_synced{};
  std::vector<GuestAccess> guest_of{};    ///< other tenants that invited the user
  std::optional<Instant> sessions_end{};  ///< grants from before are revoked
  std::optional<Instant> password_expires{};
  bool mfa_enrolled = true;  ///< otherwise cannot answer a second factor
};

struct Address {
  std::string country, region, city, state, address_line1, address_line2, postal_code, first_name,
      last_name, phone_number, middle_name;
};

struct BillingProfile {
  std::string id, first_name, last_name, email, culture, language, company_name;
  Address default_address{};
  std::int64_t etag = 0;
};

/// What Microsoft's vetting found of a customer's account; None when it never started.
enum class AccountStatus { None, Allowed, UnderReview, NotAllowed, Unknown, NotReady };

struct Customer {
  std::string id;
  std::string commerce_id;
  std::string partner_key;
  std::string domain;
  std::string company_name;
  std::string organization_registration_number{};
  std::string reseller_key{};
  std::string market;
  BillingProfile billing_profile{};
  bool direct_signed = false;
  bool delegated_access = true;  ///< the partner administers the tenant by DAP
  bool granular_access = false;  ///< …or asked for GDAP when it created the customer
  std::string note{};
  Instant created = 0;
  AccountStatus account_status = AccountStatus::Allowed;
  Instant account_reviewed = 0;  ///< 0 when the status is that of the creation
  bool locked = false;           ///< Microsoft lets nobody buy for it
  std::string view_charges{};    ///< the partner's word on its customer's view of prices, once said
  Instant policy_settles = 0;    ///< until then that word is on its way
};

struct Agreement {
  std::string customer_id, user_id, first_name, last_name, email, phone_number, template_id, type;
  Instant date_agreed = 0;
  std::string middle_name{};
};

/// Values a SKU asks for when it is provisioned.
struct ProvisioningContext {
  std::string scope{}, subscription_id{}, duration{}, entitlement_id{}, parent_subscription_id{};
  bool empty() const {
    return scope.empty() && subscription_id.empty() && duration.empty() && entitlement_id.empty() &&
           parent_subscription_id.empty();
  }
};

/// Another partner's part in a purchase: `transaction_reseller` and the like, and its MPN id.
struct Participant {
  std::string key, value;
};

struct CartLine {
  int id = 0;
  std::string catalog_item_id, friendly_name{};
  std::int64_t quantity = 1;
  std::string currency_code{}, billing_cycle{}, term_duration{}, renews_to{}, order_group{};
  ProvisioningContext provisioning{};
  std::vector<Participant> participants{};
  std::vector<CartLine> addons{};
  std::optional<ErrorCode> error{};  ///< why the line cannot be bought
  std::string promotion_id{}, custom_term_end{};
  bool attested = false;  ///< whether what the SKU wants attested is
};

/// A group of cart lines that has become an order.
struct PlacedGroup {
  std::string group, order_id;
};

struct Cart {
  std::string id, customer_id, last_modified_user;
  Instant created = 0, modified = 0, expires = 0;
  bool ordered = false;
  std::optional<bool> partner_attested{};
  std::vector<CartLine> lines{};
  std::vector<PlacedGroup> placed{};
  std::optional<Instant> processing_until{};  ///< another request orders it until then
};

struct OrderLine {
  int number = 0;
  std::string offer_id, friendly_name{}, term_duration{}, subscription_id{},
      parent_subscription_id{}, renews_to{}, partner_on_record{};
  std::int64_t quantity = 1;
  ProvisioningContext provisioning{};
  std::vector<std::string> more_partners_on_record{};
  std::string promotion_id{}, custom_term_end{};
  bool attested = false;
  std::int64_t returned = 0;           ///< the quantity that a cancellation took back
  std::optional<Instant> cancelled{};  ///< when it did
};

/// An order becomes completed when the virtual clock reaches `completes`, and cancelled when no
/// line has a quantity left.
struct Order {
  std::string id, alternate_id, customer_id, billing_cycle, currency_code, currency_symbol, country;
  Instant created = 0, completes = 0;
  std::optional<bool> partner_attested{};
  std::int64_t version = 1;
  std::vector<OrderLine> lines{};
  std::optional<Instant> adjusting_until{};  ///< a cancellation is being worked on until then
};

enum class SubscriptionStatus { Active, Suspended, Deleted, Expired, Disabled };

/// What a subscription becomes when its term ends.
struct ScheduledChange {
  std::string offer_id, billing_cycle, term_duration;
  std::int64_t quantity = 1;
  std::optional<Instant> custom_term_end{};
};

/// Whom the customer turns to about a subscription.
struct SupportContact {
  std::string tenant_id, mpn_id, name;
};

struct Subscription {
  std::string id, customer_id, offer_id, offer_name, friendly_name, order_id;
  std::int64_t quantity = 1;
  SubscriptionStatus status = SubscriptionStatus::Active;
  Instant created = 0, visible_from = 0;
  std::optional<Instant> registration_requested{};
  bool azure_plan = false;
  std::string partner_id{}, parent_id{}, billing_cycle{}, term_duration{};
  std::int64_t version = 1;
  bool trial = false;
  bool activated = true;      ///< marketplace services are activated by their customer
  bool sync_complete = true;  ///< the systems behind have the subscription
  bool mint_account = true;   ///< it is billed by the account behind legacy orders
  bool partner_shared_services = false;
  bool software_assurance = false;            ///< bought under that programme of volume licences
  std::optional<Instant> suspended{};         ///< since when, or from when on
  std::optional<Instant> renewal_off{};       ///< since when it does not renew itself
  std::optional<Instant> quantity_changed{};  ///< when seats were last added
  std::optional<Instant> provisioned{};       ///< ready for changes from then on
  std::optional<Instant> changing_until{};    ///< an earlier change is being worked on
  std::optional<Instant> term_started{};      ///< of the term that runs; its creation when absent
  std::optional<Instant> term_ends{};         ///< when it does not last as long as its term says
  std::int64_t updates = 0;
  std::string next_charge_cycle{}, promotion_id{};
  std::optional<ScheduledChange> scheduled{};
  std::optional<SupportContact> support{};
};

/// An Azure subscription under a plan or a 0145P offer (an azureEntitlement).
struct AzureSubscription {
  std::string id, customer_id, plan_id, friendly_name;
  bool active = true;
  std::int64_t cores = 10;             ///< vCPU quota for reservations of single scope
  std::optional<Instant> cancelled{};  ///< when its cancellation was asked for
  std::string next_plan_id{};          ///< where it moves when its offer is upgraded
  std::optional<Instant> moves{};
  std::string workload{"Production"}, reseller_id{}, created_by{};
  std::vector<std::string> namespaces{};  ///< resource providers it is registered with
  std::optional<Instant> created{};
  /// Who bills it where the customer's partner does not: `direct` and `enterprise` for Microsoft,
  /// else another partner's domain. It is under no plan then.
  std::string billed_by{};
  bool sync_complete = true;  ///< the systems behind have it
};

/// Whether subscriptions of an offer may be changed.
enum class OfferUpdates { Allowed, Paused, Refused };

/// Where an offer is in its life, and what is left of it. `item` is a product's id, its SKU
/// (`product:sku`), a catalogue item or a legacy offer.
struct OfferState {
  std::string item, market{};  ///< every market when empty
  bool withdrawn = false;
  std::optional<std::int64_t> stock{};  ///< units left; without one there is no end of them
  OfferUpdates updates = OfferUpdates::Allowed;
};

/// Why Microsoft lets a customer not buy something.
enum class HoldReason {
  ContactSupport,
  PartnerNotEligible,
  CreditLine,
  CreditLineRefused,
  CustomerNotEligible,
  OrderNotEligible,
  Risk,
  TagsMissing,
  CreditLimit,
  SubscriptionLimit
};

/// A hold on a customer's purchases: of one catalogue item, or of all when `item` is empty.
struct TransactionHold {
  std::string customer_id, item;
  HoldReason reason = HoldReason::ContactSupport;
};

/// A customer's way from MS-AZR-0145P to the Azure plan: pending, in progress from `begins`, and
/// completed or failed from `completes` on.
struct ProductUpgrade {
  struct Line {
    std::string source_id, source_name, target_id, target_name;
  };
  std::string id, customer_id;
  Instant created = 0, begins = 0, completes = 0;
  std::string failure{};  ///< why it fails; empty when it does not
  std::vector<Line> lines{};
};

/// Where a request for a transfer stands.
enum class TransferStatus { Active, Complete, PartiallyComplete, Rejected };

/// A partner's request that another hand over Azure subscriptions of a customer.
struct Transfer {
  struct Line {
    std::string subscription_id, friendly_name{}, failure{};
    bool done = false;
  };
  std::string id, customer_id, source_id, target_id, source_name{}, target_name{}, customer_name{},
      customer_email{}, last_modified_user{};
  std::int64_t type = 5;
  Instant created = 0, modified = 0;
  TransferStatus status = TransferStatus::Active;
  std::vector<Line> lines{};  ///< what is handed over; everything while there are none
  std::optional<Instant> processing_until{};  ///< its acceptance is worked on until then
};

struct SelfServePolicy {
  struct Permission {
    std::string resource, action;
  };
  std::string customer_id, partner_key, etag;
  std::vector<Permission> permissions{};
};

struct AuditRecord {
  std::string id, partner_key, customer_id, customer_name, user_principal_name, application_id,
      resource_type, operation_type, new_value;
  std::vector<std::pair<std::string, std::string>> data{};
  Instant date = 0;
  std::string old_value{}, correlation_id{};
};

/// All entities of one universe, keyed by lower-case id.
struct World {
  Table<Partner> partners{};
  Table<Application> applications{};
  Table<User> users{};
  Table<Customer> customers{};
  Ledger<Agreement> agreements{};
  Table<Cart> carts{};
  Table<Order> orders{};
  Table<Subscription> subscriptions{};
  Table<AzureSubscription> azure_subscriptions{};
  Table<Reservation> reservations{};
  Table<SelfServePolicy> policies{};
  Table<RoleAssignment> role_assignments{};
  Ledger<AuditRecord> audit{};
  Table<Quote> quotes{};
  Switches switches{};  ///< which reading of the real service holds here
  Table<OfferState> offers{};
  Table<TransactionHold> holds{};  ///< one of a customer and item; see hold_key
  Table<ProductUpgrade> upgrades{};
  Table<ServicePrincipal> service_principals{};  ///< one of a client and tenant
  Table<AccessPolicy> access_policies{};
  Table<AuthorizationCode> authorization_codes{};
  Table<DeviceCode> device_codes{};
  Table<CustomRole> custom_roles{};
  Table<ManagementGroup> management_groups{};
  Table<Delegation> delegations{};
  Table<SubscriptionAlias> subscription_aliases{};
  Table<RefundSession> refund_sessions{};
  Table<Refund> refunds{};
  Table<ExchangeOperation> exchanges{};
  Table<RunningUsage> usage{};
  Table<ResalePrice> resale_prices{};
  Table<SupportTicket> support_tickets{};
  Table<Transfer> transfers{};

  /// Makes the present rows a base that copies share: copying the world then costs no row.
  void freeze();

  /// How often anything in it was written. A world with the same count is the same, byte for byte.
  std::uint64_t writes() const;
};

}  // namespace pcsim
