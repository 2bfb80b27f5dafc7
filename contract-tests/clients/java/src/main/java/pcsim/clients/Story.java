package pcsim.clients;

import static pcsim.clients.Trace.step;

import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.models.customers.Customer;

/** The Java SDK, calling the names of the real service. */
public final class Story {
  private Story() {}

  /** Plays the story; ends with a failure at the first expectation that does not hold. */
  public static void main(String[] arguments) throws Exception {
    final SignIn signIn = new SignIn();
    step("`generateByApplicationCredentials(…)`");
    final IAggregatePartner partner = signIn.asApplication();
    step("a user's token, by `java.net.http`");
    final IAggregatePartner administrator = signIn.asAdministrator();

    final Customers customers = new Customers(partner);
    customers.list();
    customers.missing();
    final Customer customer = customers.create();
    customers.updateBillingProfile(customer);

    final Purchases purchases = new Purchases(partner, administrator, customer.getId());
    purchases.withoutAgreement();
    new Customers(administrator).acceptAgreement(customer);
    purchases.buyPlan();
    purchases.register();

    new Users(administrator, customer.getId()).play();

    final String withAzure = customers.find("Legacy 0145P");
    final Purchases more = new Purchases(partner, administrator, withAzure);
    final String reservation = more.reservation();
    more.catalogue(reservation);
    more.buyReservation(more.register(), reservation);

    new Reading(administrator).lookUp(customer.getId());
    // OkHttp and MSAL leave threads behind that would keep the program for a minute.
    System.exit(0);
  }
}
