#include <array>
#include <optional>
#include <span>
#include <utility>

#include "codec/member_table.h"
#include "codec/world_sections.h"
#include "domain/commerce/azure_creation.h"
#include "domain/support/tickets.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using namespace members;

const std::array kCustomRole{
    guid<&CustomRole::id>("id"),
    guid<&CustomRole::tenant_id>("tenant_id"),
    text<&CustomRole::name>("name"),
    text<&CustomRole::description>("description", Need::Optional),
    texts<&CustomRole::assignable_scopes>("assignable_scopes"),
    texts<&CustomRole::actions>("actions", Need::Optional),
    texts<&CustomRole::not_actions>("not_actions", Need::Optional),
    texts<&CustomRole::data_actions>("data_actions", Need::Optional),
    texts<&CustomRole::not_data_actions>("not_data_actions", Need::Optional),
    instant<&CustomRole::created>("created", Need::Optional),
    instant<&CustomRole::updated>("updated", Need::Optional),
    text<&CustomRole::created_by>("created_by", Need::Optional),
    text<&CustomRole::updated_by>("updated_by", Need::Optional)};
const std::array kManagementGroup{
    lowered<&ManagementGroup::id>("id"), guid<&ManagementGroup::tenant_id>("tenant_id"),
    text<&ManagementGroup::name>("name"),
    texts<&ManagementGroup::subscriptions>("subscriptions", Need::Optional)};
const std::array kDelegation{guid<&Delegation::id>("id"),
                             guid<&Delegation::subscription_id>("subscription_id"),
                             guid<&Delegation::managing_tenant_id>("managing_tenant_id"),
                             guid<&Delegation::principal_id>("principal_id"),
                             guid<&Delegation::role_definition_id>("role_definition_id")};
const std::array kAlias{text<&SubscriptionAlias::name>("name"),
                        guid<&SubscriptionAlias::tenant_id>("tenant_id"),
                        guid<&SubscriptionAlias::subscription_id>("subscription_id"),
                        text<&SubscriptionAlias::display_name>("display_name"),
                        text<&SubscriptionAlias::workload>("workload"),
                        text<&SubscriptionAlias::billing_scope>("billing_scope", Need::Optional),
                        text<&SubscriptionAlias::reseller_id>("reseller_id", Need::Optional),
                        instant<&SubscriptionAlias::created>("created"),
                        instant<&SubscriptionAlias::succeeds>("succeeds")};

const std::array kContact{
    text<&SupportContactDetails::first_name>("first_name"),
    text<&SupportContactDetails::last_name>("last_name"),
    text<&SupportContactDetails::method>("method"),
    text<&SupportContactDetails::email>("email"),
    text<&SupportContactDetails::phone_number>("phone_number", Need::Optional),
    text<&SupportContactDetails::time_zone>("time_zone"),
    text<&SupportContactDetails::country>("country"),
    text<&SupportContactDetails::language>("language"),
    texts<&SupportContactDetails::more_emails>("more_emails", Need::Optional)};
const std::array kMessage{
    text<&SupportCommunication::name>("name"),
    text<&SupportCommunication::subject>("subject"),
    text<&SupportCommunication::body>("body"),
    text<&SupportCommunication::sender>("sender"),
    text<&SupportCommunication::type>("type", Need::Optional),
    flag<&SupportCommunication::inbound>("inbound", Need::Optional),
    instant<&SupportCommunication::created>("created"),
    instant<&SupportCommunication::succeeds>("succeeds", Need::Optional),
    text<&SupportCommunication::operation_id>("operation_id", Need::Optional)};
const std::array kQuota{text<&QuotaRequest::region>("region"),
                        text<&QuotaRequest::payload>("payload")};

using OutcomeChoice = std::pair<std::string_view, TicketOutcome>;
Refusal ticket_outcome(const LocatedJson& node, SupportTicket& target) {
  return choose(node, target.outcome,
                std::array{OutcomeChoice{"open", TicketOutcome::Open},
                           OutcomeChoice{"resolved", TicketOutcome::Resolved},
                           OutcomeChoice{"closed", TicketOutcome::Closed}});
}

const std::array kTicket{
    text<&SupportTicket::name>("name"),
    guid<&SupportTicket::customer_id>("customer_id"),
    lowered<&SupportTicket::subscription_id>("subscription_id", Need::Optional),
    text<&SupportTicket::ticket_id>("ticket_id"),
    guid<&SupportTicket::service_id>("service_id"),
    guid<&SupportTicket::classification_id>("classification_id"),
    text<&SupportTicket::severity>("severity"),
    text<&SupportTicket::title>("title"),
    text<&SupportTicket::description>("description"),
    text<&SupportTicket::diagnostic_consent>("diagnostic_consent", Need::Optional),
    text<&SupportTicket::scoping_questions>("scoping_questions", Need::Optional),
    text<&SupportTicket::enrollment_id>("enrollment_id", Need::Optional),
    text<&SupportTicket::plan_id>("plan_id", Need::Optional),
    text<&SupportTicket::resource_id>("resource_id", Need::Optional),
    text<&SupportTicket::quota_change_type>("quota_change_type", Need::Optional),
    text<&SupportTicket::quota_change_version>("quota_change_version", Need::Optional),
    text<&SupportTicket::created_by>("created_by", Need::Optional),
    flag<&SupportTicket::all_day>("all_day", Need::Optional),
    flag<&SupportTicket::on_behalf>("on_behalf", Need::Optional),
    optional_instant<&SupportTicket::problem_started>("problem_started"),
    instant<&SupportTicket::created>("created"),
    instant<&SupportTicket::succeeds>("succeeds", Need::Optional),
    instant<&SupportTicket::modified>("modified", Need::Optional),
    Member<SupportTicket>{"outcome", false, ticket_outcome},
    text<&SupportTicket::operation_id>("operation_id", Need::Optional)};

Failure read_ticket(LocatedJson item, const std::string& where, World& world) {
  SupportTicket row{};
  const auto contact = take(item, "contact");
  const auto quotas = take(item, "quotas");
  const auto messages = take(item, "communications");
  if (Failure failure = read_object<SupportTicket>(item, where, kTicket, row)) {
    return failure;
  }
  if (!contact) {
    return DataFailure{where + ".contact", item.line, "is missing"};
  }
  if (Failure failure =
          read_object<SupportContactDetails>(*contact, where + ".contact", kContact, row.contact)) {
    return failure;
  }
  if (quotas) {
    if (Failure failure = read_list(*quotas, where + ".quotas", kQuota, row.quotas)) {
      return failure;
    }
  }
  if (messages) {
    if (Failure failure =
            read_list(*messages, where + ".communications", kMessage, row.communications)) {
      return failure;
    }
  }
  const std::string key = ticket_key(row.customer_id, row.subscription_id, row.name);
  if (world.support_tickets.find(key) != nullptr) {
    return DataFailure{where, item.line, "its name " + row.name + " appears twice"};
  }
  world.support_tickets.put(key, std::move(row));
  return std::nullopt;
}

Failure read_alias(const LocatedJson& item, const std::string& where, World& world) {
  SubscriptionAlias row{};
  if (Failure failure = read_object<SubscriptionAlias>(item, where, kAlias, row)) {
    return failure;
  }
  const std::string key = alias_key(row.tenant_id, row.name);
  if (world.subscription_aliases.find(key) != nullptr) {
    return DataFailure{where, item.line, "its name " + row.name + " appears twice"};
  }
  world.subscription_aliases.put(key, std::move(row));
  return std::nullopt;
}

constexpr std::array kSections{
    WorldSection{"custom_roles",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kCustomRole, world.custom_roles, &CustomRole::id);
                 }},
    WorldSection{"management_groups",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kManagementGroup, world.management_groups,
                                    &ManagementGroup::id);
                 }},
    WorldSection{"delegations",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kDelegation, world.delegations, &Delegation::id);
                 }},
    WorldSection{"subscription_aliases",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_alias(item, where, world);
                   });
                 }},
    WorldSection{"support_tickets",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_ticket(item, where, world);
                   });
                 }}};

}  // namespace

std::span<const WorldSection> access_sections() { return kSections; }

}  // namespace pcsim
