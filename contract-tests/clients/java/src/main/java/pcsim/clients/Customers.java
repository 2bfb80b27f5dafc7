package pcsim.clients;

import static pcsim.clients.Trace.expect;
import static pcsim.clients.Trace.step;

import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.enumerators.IResourceCollectionEnumerator;
import com.microsoft.store.partnercenter.exception.PartnerErrorCategory;
import com.microsoft.store.partnercenter.exception.PartnerException;
import com.microsoft.store.partnercenter.models.Address;
import com.microsoft.store.partnercenter.models.Contact;
import com.microsoft.store.partnercenter.models.ResourceCollection;
import com.microsoft.store.partnercenter.models.SeekBasedResourceCollection;
import com.microsoft.store.partnercenter.models.agreements.Agreement;
import com.microsoft.store.partnercenter.models.agreements.AgreementMetaData;
import com.microsoft.store.partnercenter.models.customers.Customer;
import com.microsoft.store.partnercenter.models.customers.CustomerBillingProfile;
import com.microsoft.store.partnercenter.models.customers.CustomerCompanyProfile;
import com.microsoft.store.partnercenter.models.customers.CustomerSearchField;
import com.microsoft.store.partnercenter.models.query.QueryFactory;
import com.microsoft.store.partnercenter.models.query.filters.FieldFilterOperation;
import com.microsoft.store.partnercenter.models.query.filters.SimpleFieldFilter;
import java.util.HashSet;
import java.util.Set;
import org.joda.time.DateTime;

/** Finding customers, and making one that may buy. */
final class Customers {
  private final IAggregatePartner partner;

  Customers(IAggregatePartner partner) {
    this.partner = partner;
  }

  /** The links of a page lead to `/v1//customers`. */
  void list() {
    step("`getCustomers().get()`");
    final int all = partner.getCustomers().get().getTotalCount();

    step("`getCustomers().query(buildIndexedQuery(2))`, all pages");
    final IResourceCollectionEnumerator<SeekBasedResourceCollection<Customer>> pages =
        partner
            .getEnumerators()
            .getCustomers()
            .create(partner.getCustomers().query(QueryFactory.getInstance().buildIndexedQuery(2)));
    final Set<String> seen = new HashSet<>();
    for (; pages.hasValue(); pages.next()) {
      for (Customer customer : pages.getCurrent().getItems()) {
        expect("new on this page", seen.add(customer.getId()), true);
      }
    }
    expect("customers of all pages", seen.size(), all);
  }

  /** The only customer whose name begins so. */
  String find(String name) {
    step("`getCustomers().query(buildSimpleQuery(filter))`");
    final SimpleFieldFilter filter =
        new SimpleFieldFilter(
            CustomerSearchField.COMPANY_NAME.toString(), FieldFilterOperation.STARTS_WITH, name);
    final SeekBasedResourceCollection<Customer> found =
        partner.getCustomers().query(QueryFactory.getInstance().buildSimpleQuery(filter));
    expect("found", found.getTotalCount(), 1);
    return found.getItems().iterator().next().getId();
  }

  /** The SDK sends what fails five times, under one request id. */
  void missing() {
    step("`getCustomers().byId(…).get()` of nobody, a `PartnerException`");
    try {
      partner.getCustomers().byId("00000000-0000-4000-8000-000000000000").get();
      throw new AssertionError("there is such a customer");
    } catch (PartnerException refused) {
      expect("category", refused.getErrorCategory(), PartnerErrorCategory.NOT_FOUND);
    }
  }

  private static Address address() {
    final Address address = new Address();
    address.setCountry("FR");
    address.setCity("Lyon");
    address.setAddressLine1("3 rue du Port");
    address.setPostalCode("69002");
    address.setFirstName("Ana");
    address.setLastName("Petit");
    address.setPhoneNumber("0478000000");
    return address;
  }

  Customer create() {
    final CustomerCompanyProfile company = new CustomerCompanyProfile();
    company.setDomain("moulin.onmicrosoft.com");
    final CustomerBillingProfile billing = new CustomerBillingProfile();
    billing.setCompanyName("Le Moulin à café");
    billing.setFirstName("Ana");
    billing.setLastName("Petit");
    billing.setEmail("ana@moulin.example");
    billing.setCulture("fr-FR");
    billing.setLanguage("fr");
    billing.setDefaultAddress(address());
    final Customer wanted = new Customer();
    wanted.setCompanyProfile(company);
    wanted.setBillingProfile(billing);

    step("`getCustomers().create(…)`");
    final Customer created = partner.getCustomers().create(wanted);
    expect("user name", created.getUserCredentials().getUserName(), "admin");
    step("`getCustomers().byId(…).get()`");
    final Customer got = partner.getCustomers().byId(created.getId()).get();
    expect("company", got.getCompanyProfile().getCompanyName(), "Le Moulin à café");
    return created;
  }

  void updateBillingProfile(Customer customer) {
    step("`getProfiles().getBilling().get()`");
    final CustomerBillingProfile profile =
        partner.getCustomers().byId(customer.getId()).getProfiles().getBilling().get();
    profile.getDefaultAddress().setAddressLine1("4 rue du Port");
    step("`getProfiles().getBilling().update(…)`");
    final CustomerBillingProfile updated =
        partner.getCustomers().byId(customer.getId()).getProfiles().getBilling().update(profile);
    expect("address", updated.getDefaultAddress().getAddressLine1(), "4 rue du Port");
  }

  void acceptAgreement(Customer customer) {
    step("`getAgreementDetails().byAgreementType(…).get()`");
    final AgreementMetaData template =
        partner
            .getAgreementDetails()
            .byAgreementType("MicrosoftCustomerAgreement")
            .get()
            .getItems()
            .iterator()
            .next();
    final Contact contact = new Contact();
    contact.setFirstName("Ana");
    contact.setLastName("Petit");
    contact.setEmail("ana@moulin.example");
    final Agreement agreement = new Agreement();
    agreement.setPrimaryContact(contact);
    agreement.setTemplateId(template.getTemplateId());
    agreement.setType(template.getAgreementType());
    agreement.setDateAgreed(new DateTime(2024, 3, 2, 0, 0));

    step("`getAgreements().create(…)`");
    partner.getCustomers().byId(customer.getId()).getAgreements().create(agreement);
    step("`getAgreements().byAgreementType(…).get()`");
    final ResourceCollection<Agreement> agreements =
        partner
            .getCustomers()
            .byId(customer.getId())
            .getAgreements()
            .byAgreementType("MicrosoftCustomerAgreement")
            .get();
    expect("agreements", agreements.getTotalCount(), 1);
  }
}
