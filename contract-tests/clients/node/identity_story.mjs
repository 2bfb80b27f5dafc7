// `@azure/identity` with the simulator as its authority: every credential it has for programs.
import assert from "node:assert/strict";
import {
  AuthorizationCodeCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  OnBehalfOfCredential,
  UsernamePasswordCredential,
} from "@azure/identity";
import { approve, certificate, signIn } from "./browser.mjs";
import { base, directPartner, one, resource, step } from "./steps.mjs";

const options = { authorityHost: base, disableInstanceDiscovery: true };
const { partner, application, administrator } = directPartner();
const { tenantId } = partner;
const { clientId, clientSecret } = application;
const scope = `${resource}/.default`;

const claimsOf = ({ token }) =>
  JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));

async function play(name, credential, wanted, scopes = scope) {
  step(`\`${name}\``);
  const token = await credential.getToken(scopes);
  const claims = claimsOf(token);
  assert.equal(claims.tid, wanted.tid ?? tenantId);
  assert.equal(claims.appidacr, wanted.proof);
  assert.equal(claims.upn, wanted.user);
  assert.ok(Math.abs(token.expiresOnTimestamp / 1000 - claims.exp) < 60);
  return token;
}

await play("ClientSecretCredential", new ClientSecretCredential(tenantId, clientId, clientSecret, options), {
  proof: "1",
});
await play(
  "ClientCertificateCredential",
  new ClientCertificateCredential(tenantId, clientId, { certificate }, options),
  { proof: "2" },
);

const cli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const user = administrator.userPrincipalName;
await play(
  "UsernamePasswordCredential",
  new UsernamePasswordCredential(tenantId, cli, user, administrator.password, options),
  { proof: "0", user },
);

await play(
  "DeviceCodeCredential",
  new DeviceCodeCredential({
    ...options,
    tenantId,
    clientId: cli,
    userPromptCallback: (code) => approve(code, administrator),
  }),
  { proof: "0", user },
);

step("a sign-in for `AuthorizationCodeCredential`");
const query = new URLSearchParams({
  client_id: clientId,
  response_type: "code",
  redirect_uri: "http://localhost",
  scope: `${scope} openid profile offline_access`,
});
const sent = await signIn(`${base}/${tenantId}/oauth2/v2.0/authorize?${query}`, administrator);
await play(
  "AuthorizationCodeCredential",
  new AuthorizationCodeCredential(
    tenantId,
    clientId,
    clientSecret,
    sent.get("code"),
    "http://localhost",
    options,
  ),
  { proof: "1", user },
);

step("a user's token for the application");
const incoming = await new UsernamePasswordCredential(
  tenantId,
  cli,
  user,
  administrator.password,
  options,
).getToken(`api://${clientId}/.default`);
await play(
  "OnBehalfOfCredential",
  new OnBehalfOfCredential({
    ...options,
    tenantId,
    clientId,
    clientSecret,
    userAssertionToken: incoming.token,
  }),
  { proof: "1", user },
);

const customer = one("customers", { companyName: "Contoso" });
const itsApplication = one("applications", { tenantId: customer.tenantId });
await play(
  "ClientCertificateCredential` of the customer for `management.azure.com",
  new ClientCertificateCredential(
    customer.tenantId,
    itsApplication.clientId,
    { certificate },
    options,
  ),
  { tid: customer.tenantId, proof: "2" },
  "https://management.azure.com/.default",
);

step("a wrong secret, an `AuthenticationRequiredError`");
await assert.rejects(
  new ClientSecretCredential(tenantId, clientId, "wrong", options).getToken(scope),
  { name: "AuthenticationRequiredError", message: /7000215/ },
);
step("a blocked user, an `AuthenticationRequiredError`");
await assert.rejects(
  new UsernamePasswordCredential(
    tenantId,
    cli,
    `blocked@${partner.domain}`,
    administrator.password,
    options,
  ).getToken(scope),
  { name: "AuthenticationRequiredError", message: /AADSTS53003/ },
);
