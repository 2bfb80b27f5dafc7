// `@azure/msal-node` with the simulator as its authority.
import assert from "node:assert/strict";
import {
  ConfidentialClientApplication,
  CryptoProvider,
  PublicClientApplication,
} from "@azure/msal-node";
import { approve, signIn } from "./browser.mjs";
import { base, directPartner, one, resource, step } from "./steps.mjs";

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

const cryptography = new CryptoProvider();
const { verifier, challenge } = await cryptography.generatePkceCodes();
const redirectUri = "http://localhost";
step("`getAuthCodeUrl` and a sign-in on its page");
const url = await confidential.getAuthCodeUrl({
  scopes,
  redirectUri,
  codeChallenge: challenge,
  codeChallengeMethod: "S256",
  state: "the state",
  nonce: "the nonce",
});
const sent = await signIn(url, administrator);
assert.equal(sent.get("state"), "the state");
step("`acquireTokenByCode` with the verifier");
const byCode = await confidential.acquireTokenByCode(
  { scopes, redirectUri, code: sent.get("code"), codeVerifier: verifier },
  { nonce: "the nonce" },
);
assert.equal(byCode.account.username, administrator.userPrincipalName);
assert.equal(byCode.idTokenClaims.nonce, "the nonce");
step("the same code once more, a `ServerError`");
await assert.rejects(
  confidential.acquireTokenByCode({
    scopes,
    redirectUri,
    code: sent.get("code"),
    codeVerifier: verifier,
  }),
  { errorCode: "invalid_grant" },
);

const cli = new PublicClientApplication({
  auth: {
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    authority: `${base}/organizations`,
    knownAuthorities: [base.replace("https://", "")],
  },
});
step("`acquireTokenByDeviceCode` at `organizations`");
const byDevice = await cli.acquireTokenByDeviceCode({
  scopes,
  deviceCodeCallback: (code) => approve(code, administrator),
});
assert.equal(byDevice.tenantId, partner.tenantId);

step("a user's token for the application itself");
const incoming = await cli.acquireTokenSilent({
  scopes: [`api://${application.clientId}/.default`],
  account: byDevice.account,
});
step("`acquireTokenOnBehalfOf`");
const behalf = await confidential.acquireTokenOnBehalfOf({
  scopes,
  oboAssertion: incoming.accessToken,
});
assert.equal(behalf.account.username, administrator.userPrincipalName);

step("`acquireTokenByRefreshToken` at a customer's tenant");
const { refresh_token: refreshToken } = JSON.parse(
  await (
    await fetch(`${base}/${partner.tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "password",
        client_id: application.clientId,
        client_secret: application.clientSecret,
        username: administrator.userPrincipalName,
        password: administrator.password,
        scope: scopes[0],
      }),
    })
  ).text(),
);
const customer = one("customers", { companyName: "Contoso" });
const delegated = await confidential.acquireTokenByRefreshToken({
  refreshToken,
  scopes: ["https://management.azure.com/.default"],
  authority: `${base}/${customer.tenantId}`,
});
assert.equal(delegated.tenantId, customer.tenantId);
