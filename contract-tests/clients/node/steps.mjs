// What the Node clients share: the ready file, and their steps in the trace.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";

export const base = process.env.PCSIM_BASE_URL;
export const ready = JSON.parse(readFileSync(process.env.PCSIM_READY_FILE, "utf8"));
export const azurePlan = "DZH318Z0BPS6:0001:DZH318Z0BML6";
export const resource = "https://api.partnercenter.microsoft.com";

/** Begins a call; what the simulator logs from here on belongs to it. */
export function step(name) {
  appendFileSync(process.env.PCSIM_TRACE, JSON.stringify({ step: name }) + "\n");
}

/** The first element of a list of the ready file with these members. */
export function one(list, members) {
  const found = ready[list].find((element) =>
    Object.entries(members).every(([name, value]) => element[name] === value),
  );
  assert.ok(found, `${list} has ${JSON.stringify(members)}`);
  return found;
}

/** The direct partner, its application and its administrator. */
export function directPartner() {
  const partner = one("partners", { kind: "direct" });
  return {
    partner,
    application: one("applications", { tenantId: partner.tenantId }),
    administrator: one("users", { userPrincipalName: `admin@${partner.domain}` }),
  };
}

export const newCustomer = {
  companyProfile: { domain: "moulin.onmicrosoft.com" },
  billingProfile: {
    culture: "fr-FR",
    email: "ana@moulin.example",
    language: "fr",
    companyName: "Le Moulin à café",
    defaultAddress: {
      firstName: "Ana",
      lastName: "Petit",
      addressLine1: "3 rue du Port",
      city: "Lyon",
      postalCode: "69002",
      country: "FR",
    },
  },
};

export const agreement = {
  primaryContact: { firstName: "Ana", lastName: "Petit", email: "ana@moulin.example" },
  templateId: "117a77b0-9360-443b-8795-c6dedc750cf9",
  dateAgreed: "2024-03-02T00:00:00Z",
  type: "MicrosoftCustomerAgreement",
};
