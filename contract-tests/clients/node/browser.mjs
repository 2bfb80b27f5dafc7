// The browser of a user who signs in: it fills in the simulator's pages, and follows no link
// beyond them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The demo world's certificate with its key, as PEM. */
export const certificate = readFileSync(
  new URL("../../../fixtures/worlds/demo_application.pem", import.meta.url),
  "utf8",
);

/** Posts a page's form; the answer, redirections included. */
async function submit(url, fields) {
  const page = await fetch(url, { headers: { accept: "text/html" } });
  assert.equal(page.status, 200, await page.clone().text());
  assert.match(await page.text(), /<form method="post">/);
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { accept: "text/html" },
    body: new URLSearchParams(fields),
  });
}

/** Signs the user in on an authorization page; the parameters the application is sent. */
export async function signIn(url, { userPrincipalName, password }) {
  const answer = await submit(url, { username: userPrincipalName, password });
  assert.equal(answer.status, 302, await answer.text());
  return new URL(answer.headers.get("location")).searchParams;
}

async function typeCode(url, userCode, username, password) {
  const answer = await submit(url, { user_code: userCode, username, password, action: "approve" });
  assert.equal(answer.status, 200, await answer.text());
}

/**
 * Types a device's code, in a process of its own that is waited for: the library does not wait for
 * its callback, and whether it polls before would be left to chance.
 */
export function approve({ userCode, verificationUri }, { userPrincipalName, password }) {
  const self = fileURLToPath(import.meta.url);
  execFileSync(process.execPath, [self, verificationUri, userCode, userPrincipalName, password]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await typeCode(...process.argv.slice(2));
}
