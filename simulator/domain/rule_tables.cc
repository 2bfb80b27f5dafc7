#include "domain/rule_tables.h"

#include "domain/agreements/agreement_rules.h"
#include "domain/commerce/order_rules.h"
#include "domain/commerce/purchase.h"
#include "domain/commerce/subscription.h"
#include "domain/customers/customer_rules.h"
#include "domain/policies/policy_rules.h"
#include "domain/reservations/access.h"
#include "domain/reservations/purchase.h"
#include "domain/reservations/quote.h"

namespace pcsim {

std::vector<RuleRow> rule_rows() {
  std::vector<RuleRow> out;
  list_rules("Whole order", rules_before_lines(), out);
  list_rules("Line of a cart or an order", purchase_rules(), out);
  list_rules("Whole order, after its lines", rules_after_lines(), out);
  list_registration_rules(out);
  list_reservation_rules(out);
  list_buyer_rules(out);
  list_quote_rules(out);
  list_rules("Customer purchase permission, created", policy_creation_rules(), out);
  list_rules("Customer purchase permission, changed", policy_update_rules(), out);
  list_rules("Agreement", agreement_rules(), out);
  list_rules("Billing profile", billing_profile_rules(), out);
  list_rules("New customer", new_customer_rules(), out);
  return out;
}

}  // namespace pcsim
