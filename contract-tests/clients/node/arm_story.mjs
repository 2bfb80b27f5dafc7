// `@azure/arm-reservations` with `@azure/identity`: a customer's application buys a reservation.
import assert from "node:assert/strict";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { AzureReservationAPI } from "@azure/arm-reservations";
import { ClientSecretCredential } from "@azure/identity";
import { base, one, step } from "./steps.mjs";

const purchase = (subscription) => ({
  sku: { name: "Standard_D2s_v3" },
  location: "westeurope",
  reservedResourceType: "VirtualMachines",
  billingScopeId: `/subscriptions/${subscription}`,
  term: "P3Y",
  billingPlan: "Upfront",
  quantity: 2,
  displayName: "from Node",
  appliedScopeType: "Single",
  appliedScopes: [`/subscriptions/${subscription}`],
});

function customer(companyName) {
  const { tenantId, subscriptions } = one("customers", { companyName });
  const application = one("applications", { tenantId });
  const credential = new ClientSecretCredential(
    tenantId,
    application.clientId,
    application.clientSecret,
    { authorityHost: base, disableInstanceDiscovery: true },
  );
  const options = {
    endpoint: base,
    credentialScopes: ["https://management.azure.com/.default"],
  };
  const subscription = subscriptions[0].azureSubscriptionIds[0];
  return {
    client: new AzureReservationAPI(credential, options),
    roles: new AuthorizationManagementClient(credential, subscription, options),
    body: purchase(subscription),
  };
}

const { client, roles, body } = customer("Contoso");
step("`ClientSecretCredential`, `reservationOrder.calculate`");
const price = await client.reservationOrder.calculate(body);
assert.equal(price.properties.billingCurrencyTotal.currencyCode, "EUR");

step("`reservationOrder.beginPurchaseAndWait`");
const order = await client.reservationOrder.beginPurchaseAndWait(
  price.properties.reservationOrderId,
  body,
  { updateIntervalInMs: 1 },
);
assert.equal(order.provisioningState, "Succeeded");
step("`reservationOrder.get`");
const read = await client.reservationOrder.get(order.name, { expand: "schedule" });
assert.equal(read.originalQuantity, 2);
step("`reservation.list`");
const reservations = [];
for await (const reservation of client.reservation.list(order.name)) {
  reservations.push(reservation);
}
assert.equal(reservations[0].properties.displayName, "from Node");

step("`roleAssignments.listForSubscription`");
const owners = [];
for await (const assignment of roles.roleAssignments.listForSubscription()) {
  owners.push(assignment);
}
assert.equal(owners.length, 4);

const refused = customer("Permission off");
step("`beginPurchase` where the partner does not permit it, a `RestError`");
const quote = await refused.client.reservationOrder.calculate(refused.body);
await assert.rejects(
  refused.client.reservationOrder.beginPurchaseAndWait(
    quote.properties.reservationOrderId,
    refused.body,
  ),
  { statusCode: 403, code: "Forbidden" },
);
