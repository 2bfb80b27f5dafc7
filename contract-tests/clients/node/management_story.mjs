// `@azure/arm-subscriptions`, `@azure/arm-authorization` and `@azure/arm-support`: subscriptions,
// roles and tickets around a reservation.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { SubscriptionClient } from "@azure/arm-subscriptions";
import { MicrosoftSupport } from "@azure/arm-support";
import { ClientSecretCredential } from "@azure/identity";
import { base, directPartner, one, step } from "./steps.mjs";

const scope = "https://management.azure.com/.default";
const options = { endpoint: base, credentialScopes: [scope], updateIntervalInMs: 1 };
const fast = { updateIntervalInMs: 1 };

function credentialOf(application) {
  return new ClientSecretCredential(
    application.tenantId,
    application.clientId,
    application.clientSecret,
    { authorityHost: base, disableInstanceDiscovery: true },
  );
}

async function all(pages) {
  const rows = [];
  for await (const row of pages) {
    rows.push(row);
  }
  return rows;
}

const { tenantId, subscriptions } = one("customers", { companyName: "Contoso" });
const subscription = subscriptions[0].azureSubscriptionIds[0];
const customer = credentialOf(one("applications", { tenantId }));
const partner = credentialOf(directPartner().application);

const own = new SubscriptionClient(customer, options);
step("`tenants.list`");
const tenants = await all(own.tenants.list());
assert.ok(tenants.some((tenant) => tenant.tenantId === tenantId));
step("`subscriptions.list`");
const seen = await all(own.subscriptions.list());
assert.ok(seen.some((row) => row.subscriptionId === subscription));
step("`subscriptions.get`");
assert.equal((await own.subscriptions.get(subscription)).state, "Enabled");

step("the billing account, by `fetch`");
const { token } = await partner.getToken(scope);
const accounts = await fetch(
  `${base}/providers/Microsoft.Billing/billingAccounts?api-version=2024-04-01`,
  { headers: { authorization: `Bearer ${token}` } },
).then((answer) => answer.json());

step("`alias.beginCreateAndWait`");
const alias = await new SubscriptionClient(partner, options).alias.beginCreateAndWait(
  "from-node",
  {
    properties: {
      displayName: "From Node",
      workload: "Production",
      billingScope: `${accounts.value[0].id}/customers/${tenantId}`,
      additionalProperties: {},
    },
  },
  fast,
);
assert.equal(alias.properties.provisioningState, "Succeeded");
step("`subscriptionOperations.rename`");
const renamed = await own.subscriptionOperations.rename(subscription, { subscriptionName: "Renamed" });
assert.equal(renamed.subscriptionId, subscription);

const roles = new AuthorizationManagementClient(customer, subscription, options);
const at = `/subscriptions/${subscription}`;
step("`roleDefinitions.list`");
const [reader] = await all(roles.roleDefinitions.list(at, { filter: "roleName eq 'Reader'" }));
assert.equal(reader.roleType, "BuiltInRole");
step("`roleAssignments.listForScope`");
const assignments = await all(roles.roleAssignments.listForScope(at, { filter: "atScope()" }));
const user = assignments.find((row) => row.principalType === "User").principalId;
step("`roleAssignments.create`");
const made = await roles.roleAssignments.create(at, randomUUID(), {
  roleDefinitionId: reader.id,
  principalId: user,
  principalType: "User",
});
step("`roleAssignments.getById`");
assert.equal((await roles.roleAssignments.getById(made.id)).principalId, user);
step("`roleAssignments.deleteById`");
await roles.roleAssignments.deleteById(made.id);
step("`roleAssignments.create` for nobody, a `RestError`");
await assert.rejects(
  roles.roleAssignments.create(at, randomUUID(), {
    roleDefinitionId: reader.id,
    principalId: randomUUID(),
  }),
  { statusCode: 400, code: "PrincipalNotFound" },
);

const support = new MicrosoftSupport(customer, subscription, options);
step("`services.list`");
const billing = (await all(support.services.list())).find((row) => row.displayName === "Billing");
step("`problemClassifications.list`");
const returning = (await all(support.problemClassifications.list(billing.name))).find((row) =>
  row.displayName.endsWith("Exchanges and refunds"),
);
step("`supportTickets.beginCreateAndWait`");
const ticket = await support.supportTickets.beginCreateAndWait(
  "from-node",
  {
    serviceId: billing.id,
    problemClassificationId: returning.id,
    severity: "minimal",
    title: "Refund",
    description: "Please refund our reservation",
    advancedDiagnosticConsent: "No",
    contactDetails: {
      firstName: "Ana",
      lastName: "Petit",
      preferredContactMethod: "email",
      primaryEmailAddress: "ana@contoso.example",
      preferredTimeZone: "Romance Standard Time",
      country: "FRA",
      preferredSupportLanguage: "fr-fr",
    },
  },
  fast,
);
assert.equal(ticket.status, "Open");
step("`communications.list`");
const [question] = await all(support.communications.list("from-node"));
assert.equal(question.communicationDirection, "outbound");
step("`communications.beginCreateAndWait`");
const reply = await support.communications.beginCreateAndWait(
  "from-node",
  "ids",
  { subject: "Ids", body: "They follow" },
  fast,
);
assert.equal(reply.communicationDirection, "inbound");
step("`supportTickets.update`");
const closed = await support.supportTickets.update("from-node", { status: "closed" });
assert.equal(closed.status, "Closed");
