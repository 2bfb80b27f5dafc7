// `@azure/identity` and `@azure/arm-reservations` without any option: the real names lead here.
import assert from "node:assert/strict";
import { AzureReservationAPI } from "@azure/arm-reservations";
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  UsernamePasswordCredential,
} from "@azure/identity";
import { approve, certificate } from "./browser.mjs";
import { directPartner, one, resource, step } from "./steps.mjs";

const { partner, application, administrator } = directPartner();
const scope = `${resource}/.default`;
const call = async (token) => {
  const answer = await fetch(`${resource}/v1/customers`, {
    headers: { authorization: `Bearer ${token.token}` },
  });
  assert.equal(answer.status, 200);
};

step("`ClientSecretCredential`, and customers with it");
await call(
  await new ClientSecretCredential(
    partner.tenantId,
    application.clientId,
    application.clientSecret,
  ).getToken(scope),
);
step("`ClientCertificateCredential`, and customers with it");
await call(
  await new ClientCertificateCredential(partner.tenantId, application.clientId, {
    certificate,
  }).getToken(scope),
);
step("`UsernamePasswordCredential`, and customers with it");
await call(
  await new UsernamePasswordCredential(
    partner.tenantId,
    "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    administrator.userPrincipalName,
    administrator.password,
  ).getToken(scope),
);
step("`DeviceCodeCredential` of the Azure CLI's client, and customers with it");
await call(
  await new DeviceCodeCredential({
    userPromptCallback: (code) => approve(code, administrator),
  }).getToken(scope),
);

step("`reservationOrder.calculate` of `@azure/arm-reservations`");
const customer = one("customers", { companyName: "Contoso" });
const own = one("applications", { tenantId: customer.tenantId });
const client = new AzureReservationAPI(
  new ClientSecretCredential(customer.tenantId, own.clientId, own.clientSecret),
);
const subscription = customer.subscriptions[0].azureSubscriptionIds[0];
const price = await client.reservationOrder.calculate({
  sku: { name: "Standard_D2s_v3" },
  location: "westeurope",
  reservedResourceType: "VirtualMachines",
  billingScopeId: `/subscriptions/${subscription}`,
  term: "P1Y",
  billingPlan: "Upfront",
  quantity: 1,
  displayName: "by name",
  appliedScopeType: "Shared",
});
assert.ok(price.properties.reservationOrderId);
