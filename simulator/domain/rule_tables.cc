#include "domain/rule_tables.h"

#include "domain/access/custom_roles.h"
#include "domain/access/role_assignments.h"
#include "domain/agreements/agreement_document.h"
#include "domain/agreements/agreement_rules.h"
#include "domain/agreements/partner_agreement.h"
#include "domain/commerce/azure_creation.h"
#include "domain/commerce/azure_entitlement.h"
#include "domain/commerce/order_rules.h"
#include "domain/commerce/order_update.h"
#include "domain/commerce/product_upgrade.h"
#include "domain/commerce/purchase.h"
#include "domain/commerce/subscription.h"
#include "domain/commerce/subscription_update.h"
#include "domain/commerce/support_contact.h"
#include "domain/commerce/transition.h"
#include "domain/customers/customer_rules.h"
#include "domain/customers/deletion_rules.h"
#include "domain/customers/relationship_change.h"
#include "domain/policies/policy_rules.h"
#include "domain/reservations/access.h"
#include "domain/reservations/changes.h"
#include "domain/reservations/exchange.h"
#include "domain/reservations/purchase.h"
#include "domain/reservations/quote.h"
#include "domain/support/tickets.h"
#include "domain/transfers/intake.h"
#include "domain/transfers/transfer.h"
#include "domain/users/customer_users.h"
#include "domain/users/role_member_rules.h"

namespace pcsim {

std::vector<RuleRow> rule_rows() {
  std::vector<RuleRow> out;
  list_rules("Whole order", rules_before_lines(), out);
  list_rules("Line of a cart or an order", purchase_rules(), out);
  list_rules("Offer, seats and sandbox", offer_rules(), out);
  list_rules("Whole order, after its lines", rules_after_lines(), out);
  list_rules("Line of an order, cancelled", cancel_rules(), out);
  list_rules("Order's billing cycle", cycle_rules(), out);
  list_rules("Subscription, by its state", update_state_rules(), out);
  list_rules("Subscription, by what is wanted", update_member_rules(), out);
  list_rules("Move to another offer", transition_rules(), out);
  list_rules("Upgrade to the Azure plan", product_upgrade_rules(), out);
  list_entitlement_rules(out);
  list_support_rules(out);
  list_registration_rules(out);
  list_reservation_rules(out);
  list_buyer_rules(out);
  list_quote_rules(out);
  list_rules("Transfer asked for", transfer_rules(), out);
  list_rules("Transfer answered", transfer_answer_rules(), out);
  list_rules("Azure subscription taken in", intake_rules(), out);
  list_assignment_rules(out);
  list_custom_role_rules(out);
  list_azure_creation_rules(out);
  list_ticket_rules(out);
  list_booking_rules(out);
  list_return_rules(out);
  list_exchange_rules(out);
  list_change_rules(out);
  list_rules("Customer purchase permission, created", policy_creation_rules(), out);
  list_rules("Customer purchase permission, changed", policy_update_rules(), out);
  list_rules("Agreement", agreement_rules(), out);
  list_rules("Agreement document", document_rules(), out);
  list_rules("Partner's own agreement", agreement_status_rules(), out);
  list_rules("Billing profile", billing_profile_rules(), out);
  list_rules("New customer", new_customer_rules(), out);
  list_rules("Creator of a customer", creator_rules(), out);
  list_rules("Address", address_rules(), out);
  list_rules("Deleted customer", deletion_rules(), out);
  list_rules("Relationship accepted", acceptance_rules(), out);
  list_rules("Relationship ended", end_rules(), out);
  list_rules("Users of a customer", administration_rules(), out);
  list_rules("New user", user_creation_rules(), out);
  list_rules("Changed user", user_change_rules(), out);
  list_rules("Deleted user", user_deletion_rules(), out);
  list_rules("Member of a role, added", role_joining_rules(), out);
  list_rules("Member of a role, taken out", role_leaving_rules(), out);
  return out;
}

}  // namespace pcsim
