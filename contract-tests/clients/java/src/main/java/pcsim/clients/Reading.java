package pcsim.clients;

import static pcsim.clients.Trace.expect;
import static pcsim.clients.Trace.step;

import com.microsoft.store.partnercenter.IAggregatePartner;

/** What a partner looks up. */
final class Reading {
  private final IAggregatePartner partner;

  Reading(IAggregatePartner partner) {
    this.partner = partner;
  }

  void lookUp(String customerId) {
    step("`getProfiles().getCompany().get()`");
    expect(
        "tenant",
        partner
            .getCustomers()
            .byId(customerId)
            .getProfiles()
            .getCompany()
            .get()
            .getTenantId()
            .toLowerCase(),
        customerId);
    step("`getCountryValidationRules().byCountry(…).get()`");
    expect(
        "country",
        partner.getCountryValidationRules().byCountry("FR").get().getIso2Code(),
        "FR");
    step("`getDomains().byDomain(…).exists()`, taken");
    expect("taken", partner.getDomains().byDomain("contoso.onmicrosoft.com").exists(), true);
    step("`getDomains().byDomain(…).exists()`, free");
    expect("free", partner.getDomains().byDomain("nobody-has-it.onmicrosoft.com").exists(), false);
    step("`getProfiles().getMpnProfile().get()`");
    expect("id", partner.getProfiles().getMpnProfile().get().getMpnId(), "1000001");
    step("`getInvoices().get()`");
    partner.getInvoices().get();
  }
}
