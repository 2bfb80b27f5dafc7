package pcsim.clients;

import static pcsim.clients.Trace.expect;
import static pcsim.clients.Trace.step;

import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.customerusers.ICustomerUserCollection;
import com.microsoft.store.partnercenter.enumerators.IResourceCollectionEnumerator;
import com.microsoft.store.partnercenter.models.SeekBasedResourceCollection;
import com.microsoft.store.partnercenter.models.query.QueryFactory;
import com.microsoft.store.partnercenter.models.users.CustomerUser;
import com.microsoft.store.partnercenter.models.users.PasswordProfile;
import java.util.HashSet;
import java.util.Set;

/** The users of a customer: made, listed page by page, changed, and taken away. */
final class Users {
  private final IAggregatePartner partner;
  private final ICustomerUserCollection users;

  Users(IAggregatePartner partner, String customerId) {
    this.partner = partner;
    this.users = partner.getCustomers().byId(customerId).getUsers();
  }

  private static CustomerUser user(String name) {
    final PasswordProfile password = new PasswordProfile();
    password.setForceChangePassword(true);
    password.setPassword("Moulin-2024!");
    final CustomerUser user = new CustomerUser();
    user.setUserPrincipalName(name.toLowerCase() + "@moulin.onmicrosoft.com");
    user.setDisplayName(name);
    user.setFirstName(name);
    user.setLastName("Petit");
    user.setUsageLocation("FR");
    user.setPasswordProfile(password);
    return user;
  }

  void play() {
    step("`getUsers().create(…)`");
    final CustomerUser created = users.create(user("Marie"));
    users.create(user("Jean"));

    step("`getUsers().query(buildIndexedQuery(2))`, all pages");
    final IResourceCollectionEnumerator<SeekBasedResourceCollection<CustomerUser>> pages =
        partner
            .getEnumerators()
            .getCustomerUsers()
            .create(users.query(QueryFactory.getInstance().buildIndexedQuery(2)));
    final Set<String> seen = new HashSet<>();
    for (; pages.hasValue(); pages.next()) {
      for (CustomerUser user : pages.getCurrent().getItems()) {
        expect("new on this page", seen.add(user.getId()), true);
      }
    }
    expect("listed", seen.contains(created.getId()), true);

    step("`getUsers().byId(…).get()`");
    final CustomerUser got = users.byId(created.getId()).get();
    expect("name", got.getDisplayName(), "Marie");
    got.setDisplayName("Marie Petit");
    step("`getUsers().byId(…).patch(…)`");
    expect(
        "new name", users.byId(created.getId()).patch(got).getDisplayName(), "Marie Petit");
    step("`getUsers().byId(…).delete()`");
    users.byId(created.getId()).delete();
  }
}
