// `@azure/msal-node` with the simulator as its authority.
import assert from "node:assert/strict";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { base, directPartner, resource, step } from "./steps.mjs";

const { partner, application, administrator } = directPartner();
const scopes = [`${resource}/.default`];
const confidential = new ConfidentialClientApplication({
  auth: {
    clientId: application.clientId,
    clientSecret: application.clientSecret,
    authority: `${base}/${partner.tenantId}`,
    knownAuthorities: [base.replace("https://", "")],
  },
});

step("`acquireTokenByClientCredential`");
const alone = await confidential.acquireTokenByClientCredential({ scopes });
step("the same from the cache");
const cached = await confidential.acquireTokenByClientCredential({ scopes });
assert.equal(cached.accessToken, alone.accessToken);

step("`acquireTokenByUsernamePassword`");
const user = await confidential.acquireTokenByUsernamePassword({
  scopes,
  username: administrator.userPrincipalName,
  password: administrator.password,
});
assert.equal(user.account.username, administrator.userPrincipalName);
step("`acquireTokenSilent` with a forced refresh");
const fresh = await confidential.acquireTokenSilent({
  scopes,
  account: user.account,
  forceRefresh: true,
});
assert.notEqual(fresh.accessToken, user.accessToken);

for (const token of [alone, fresh]) {
  step("customers with the token");
  const answer = await fetch(`${base}/v1/customers`, {
    headers: { authorization: `Bearer ${token.accessToken}` },
  });
  assert.equal(answer.status, 200);
}
