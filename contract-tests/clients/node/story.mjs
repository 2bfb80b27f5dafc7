// The story of Node programs without a library of their own; `send` is what they have instead.
import assert from "node:assert/strict";
import {
  agreement,
  azurePlan,
  base,
  directPartner,
  newCustomer,
  one,
  resource,
  step,
} from "./steps.mjs";

/**
 * `send(method, url, headers, body)` answers `{status, headers, body}`, the body as text with its
 * byte order mark taken off; `headers` has lower-case names.
 */
export async function play(send) {
  const token = await signIn(send);
  const call = async (method, path, body, headers = {}) => {
    const answer = await send(
      method,
      `${base}/v1${path}`,
      {
        authorization: `Bearer ${token}`,
        ...(body && { "content-type": "application/json" }),
        ...headers,
      },
      body && JSON.stringify(body),
    );
    return { ...answer, json: answer.body === "" ? undefined : JSON.parse(answer.body) };
  };
  const expect = async (status, ...request) => {
    const answer = await call(...request);
    assert.equal(answer.status, status, `${request.slice(0, 2).join(" ")}: ${answer.body}`);
    return answer.json;
  };

  await list(expect);
  const { id: customer } = await create(expect);
  const subscription = await buyPlan(expect, customer);
  await buyReservation(call, expect, customer, subscription);
  await permit(expect, customer);
  await traces(expect);
}

async function signIn(send) {
  const { partner, application, administrator } = directPartner();
  step("token by password");
  const answer = await send(
    "POST",
    `${base}/${partner.tenantId}/oauth2/v2.0/token`,
    { "content-type": "application/x-www-form-urlencoded" },
    new URLSearchParams({
      grant_type: "password",
      client_id: application.clientId,
      client_secret: application.clientSecret,
      username: administrator.userPrincipalName,
      password: administrator.password,
      scope: `${resource}/.default`,
    }).toString(),
  );
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body).access_token;
}

/** The items of a list that seeks, following the links of its pages. */
async function pages(expect, path) {
  let page = await expect(200, "GET", path);
  const items = page.items;
  while (page.links.next) {
    const { uri, method, headers } = page.links.next;
    const sent = Object.fromEntries(headers.map(({ key, value }) => [key, value]));
    page = await expect(200, method, uri, undefined, sent);
    items.push(...page.items);
  }
  return items;
}

async function list(expect) {
  step("customers, page by page by their links");
  const seen = (await pages(expect, "/customers?size=2")).map((customer) => customer.id);
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.includes(one("customers", { companyName: "Contoso" }).tenantId));
}

async function create(expect) {
  step("create a customer");
  const customer = await expect(201, "POST", "/customers", newCustomer);
  step("update its billing profile");
  const path = `/customers/${customer.id}/profiles/billing`;
  const profile = await expect(200, "GET", path);
  profile.defaultAddress.addressLine1 = "4 rue du Port";
  const updated = await expect(200, "PUT", path, profile);
  assert.equal(updated.companyName, "Le Moulin à café");
  assert.equal(updated.defaultAddress.addressLine1, "4 rue du Port");
  step("confirm the agreement");
  await expect(201, "POST", `/customers/${customer.id}/agreements`, agreement);
  return customer;
}

async function buyPlan(expect, customer) {
  const carts = `/customers/${customer}/carts`;
  const lineItems = [{ id: 0, catalogItemId: azurePlan, quantity: 1, billingCycle: "one_time" }];
  step("buy the Azure plan with a cart");
  const cart = await expect(201, "POST", carts, { lineItems });
  cart.lineItems[0].friendlyName = "Plan";
  await expect(201, "PUT", `${carts}/${cart.id}`, cart);
  const { orders } = await expect(201, "POST", `${carts}/${cart.id}/checkout`);
  assert.equal(orders[0].lineItems[0].offerId, azurePlan);
  const { items } = await expect(200, "GET", `/customers/${customer}/subscriptions`);
  return items[0].id;
}

async function buyReservation(call, expect, customer, subscription) {
  step("register the subscription");
  const path = `/customers/${customer}/subscriptions/${subscription}`;
  const accepted = await call("POST", `${path}/registrations`);
  assert.equal(accepted.status, 202);
  const status = await expect(200, "GET", accepted.headers.location);
  assert.equal(status.status.toLowerCase(), "registered");

  step("find a reservation");
  const query = "country=FR&targetView=AzureReservationsVM&reservationScope=AzurePlan";
  const { items: products } = await expect(200, "GET", `/products?${query}`);
  const skus = `/products/${products[0].id}/skus`;
  const { items: found } = await expect(200, "GET", `${skus}?${query}`);
  const { items } = await expect(200, "GET", `${skus}/${found[0].id}/availabilities?${query}`);

  step("order it");
  const order = await expect(201, "POST", `/customers/${customer}/orders`, {
    billingCycle: "one_time",
    lineItems: [
      {
        lineItemNumber: 0,
        offerId: items[0].catalogItemId,
        quantity: 1,
        provisioningContext: { subscriptionId: subscription, scope: "shared", duration: "1Year" },
      },
    ],
  });
  await expect(200, "GET", `/customers/${customer}/orders/${order.id}`);
  const type = "entitlementType=reservedinstance";
  const entitlements = await expect(200, "GET", `/customers/${customer}/entitlements?${type}`);
  assert.equal(entitlements.items[0].referenceOrder.id, order.id);
}

async function permit(expect, customer) {
  const { partner } = directPartner();
  step("let the customer buy, then no more");
  const policy = await expect(201, "POST", "/SelfServePolicy", {
    selfServeEntity: { selfServeEntityType: "customer", tenantID: customer },
    grantor: { grantorType: "billToPartner", tenantID: partner.tenantId },
    permissions: [{ resource: "AzureReservedInstances", action: "Purchase" }],
  });
  await expect(204, "DELETE", `/SelfServePolicy/${policy.id}`);
}

async function traces(expect) {
  step("the activity log, page by page");
  const records = await pages(expect, "/auditrecords?size=3");
  const seen = records.map((record) => record.operationType);
  assert.ok(seen.includes("add_customer") && seen.includes("create_order"), seen.join());
}
