package pcsim.clients;

import static pcsim.clients.Trace.expect;
import static pcsim.clients.Trace.step;

import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.customers.ICustomer;
import com.microsoft.store.partnercenter.exception.PartnerErrorCategory;
import com.microsoft.store.partnercenter.exception.PartnerException;
import com.microsoft.store.partnercenter.models.carts.Cart;
import com.microsoft.store.partnercenter.models.carts.CartLineItem;
import com.microsoft.store.partnercenter.models.entitlements.Entitlement;
import com.microsoft.store.partnercenter.models.offers.BillingCycleType;
import com.microsoft.store.partnercenter.models.orders.Order;
import com.microsoft.store.partnercenter.models.orders.OrderLineItem;
import com.microsoft.store.partnercenter.models.products.Availability;
import com.microsoft.store.partnercenter.models.products.Product;
import com.microsoft.store.partnercenter.models.products.Sku;
import com.microsoft.store.partnercenter.models.subscriptions.Subscription;
import com.microsoft.store.partnercenter.products.IProductCollectionByCountry;
import com.microsoft.store.partnercenter.products.ISku;
import java.util.List;
import java.util.Map;

/** Buying the Azure plan and a reservation under it. */
final class Purchases {
  private static final String AZURE_PLAN = "DZH318Z0BPS6:0001:DZH318Z0BML6";

  private final IAggregatePartner partner;
  private final IAggregatePartner administrator;
  private final ICustomer customer;

  Purchases(IAggregatePartner partner, IAggregatePartner administrator, String customerId) {
    this.partner = partner;
    this.administrator = administrator;
    this.customer = partner.getCustomers().byId(customerId);
  }

  private static CartLineItem line(String catalogItem, Map<String, String> context) {
    final CartLineItem line = new CartLineItem();
    line.setId(0);
    line.setCatalogItemId(catalogItem);
    line.setQuantity(1);
    line.setBillingCycle(
        com.microsoft.store.partnercenter.models.products.BillingCycleType.ONE_TIME);
    line.setProvisioningContext(context);
    return line;
  }

  private static Cart cartOf(CartLineItem line) {
    final Cart cart = new Cart();
    cart.setLineItems(List.of(line));
    return cart;
  }

  /** Sent five times; none of them leaves anything behind. */
  void withoutAgreement() {
    final OrderLineItem line = new OrderLineItem();
    line.setLineItemNumber(0);
    line.setOfferId(AZURE_PLAN);
    line.setQuantity(1);
    final Order order = new Order();
    order.setBillingCycle(BillingCycleType.ONE_TIME);
    order.setLineItems(List.of(line));
    step("`getOrders().create(…)` without agreement, a `PartnerException`");
    try {
      customer.getOrders().create(order);
      throw new AssertionError("bought without agreement");
    } catch (PartnerException refused) {
      expect("category", refused.getErrorCategory(), PartnerErrorCategory.FORBIDDEN);
      expect("code", refused.getServiceErrorPayload().getErrorCode(), "13605");
    }
  }

  void buyPlan() {
    step("`getCarts().create(…)`");
    final Cart cart = customer.getCarts().create(cartOf(line(AZURE_PLAN, null)));
    step("`getCarts().byId(…).get()`");
    final Cart got = customer.getCarts().byId(cart.getId()).get();
    got.getLineItems().get(0).setFriendlyName("Plan of the mill");
    step("`getCarts().byId(…).put(…)`");
    final Cart updated = customer.getCarts().byId(cart.getId()).put(got);
    expect("name", updated.getLineItems().get(0).getFriendlyName(), "Plan of the mill");
    step("`getCarts().byId(…).checkout()`");
    final Order order = customer.getCarts().byId(cart.getId()).checkout().getOrders().get(0);
    expect("order", order.getLineItems().iterator().next().getOfferId(), AZURE_PLAN);
  }

  Subscription register() {
    step("`getSubscriptions().get()`");
    final Subscription plan = customer.getSubscriptions().get().getItems().iterator().next();
    step("`getSubscriptions().byId(…).get()`");
    final Subscription same = customer.getSubscriptions().byId(plan.getId()).get();
    expect("subscription", same.getCreationDate(), plan.getCreationDate());
    step("`getRegistration().register()`");
    final String location =
        customer.getSubscriptions().byId(plan.getId()).getRegistration().register();
    expect("a location", location.endsWith("/registrationstatus"), true);
    step("`getRegistrationStatus().get()`");
    final String status =
        customer.getSubscriptions().byId(plan.getId()).getRegistrationStatus().get().getStatus();
    expect("status", status.toLowerCase(), "registered");
    return plan;
  }

  /** An item under Microsoft Azure (0145P): the SDK's selectors with a scope are broken. */
  String reservation() {
    final IProductCollectionByCountry products = partner.getProducts().byCountry("FR");
    step("`getProducts().byCountry(…).byTargetView(…).get()`");
    final Product product =
        products.byTargetView("AzureReservationsVM").get().getItems().iterator().next();
    step("`getProducts().byCountry(…).byId(…).get()`");
    expect("title", products.byId(product.getId()).get().getTitle(), product.getTitle());
    step("`getSkus().get()`");
    final Sku sku = products.byId(product.getId()).getSkus().get().getItems().iterator().next();
    step("`getSkus().byId(…).get()`");
    final ISku chosen = products.byId(product.getId()).getSkus().byId(sku.getId());
    expect("title", chosen.get().getTitle(), sku.getTitle());
    step("`getAvailabilities().get()`");
    final Availability availability =
        chosen.getAvailabilities().get().getItems().iterator().next();
    step("`getAvailabilities().byId(…).get()`");
    final Availability same = chosen.getAvailabilities().byId(availability.getId()).get();
    expect("item", same.getCatalogItemId(), availability.getCatalogItemId());
    return availability.getCatalogItemId();
  }

  /** The catalogue of one customer, whose country is known. */
  void catalogue(String catalogItem) {
    final String[] ids = catalogItem.split(":");
    step("`byId(customer).getProducts().byTargetView(…).get()`");
    customer.getProducts().byTargetView("AzureReservationsVM").get();
    step("`byId(customer).getProducts().byId(…).getSkus().get()`");
    customer.getProducts().byId(ids[0]).getSkus().get();
    step("`byId(customer)…getSkus().byId(…).getAvailabilities().get()`");
    final Iterable<Availability> availabilities =
        customer
            .getProducts()
            .byId(ids[0])
            .getSkus()
            .byId(ids[1])
            .getAvailabilities()
            .get()
            .getItems();
    boolean found = false;
    for (Availability availability : availabilities) {
      found = found || availability.getCatalogItemId().equals(catalogItem);
    }
    expect("the item is in the customer's catalogue", found, true);
  }

  void buyReservation(Subscription subscription, String catalogItem) {
    final Map<String, String> context =
        Map.of("subscriptionId", subscription.getId(), "scope", "single", "duration", "1Year");
    step("`getCarts().create(…)` with a reservation");
    final Cart cart = customer.getCarts().create(cartOf(line(catalogItem, context)));
    expect("error", cart.getLineItems().get(0).getError(), null);
    step("`getCarts().byId(…).checkout()` of a reservation");
    final Order order = customer.getCarts().byId(cart.getId()).checkout().getOrders().get(0);
    step("`getOrders().byId(…).get()`");
    final Order same = customer.getOrders().byId(order.getId()).get();
    expect("order", same.getCreationDate(), order.getCreationDate());
    step("`getOrders().get()`");
    expect("orders", customer.getOrders().get().getTotalCount() > 0, true);

    step("`getEntitlements().byEntitlementType(…).get()`, signed in as a user");
    final Iterable<Entitlement> entitlements =
        administrator
            .getCustomers()
            .byId(order.getReferenceCustomerId())
            .getEntitlements()
            .byEntitlementType("reservedinstance")
            .get()
            .getItems();
    final Entitlement entitlement = entitlements.iterator().next();
    expect("order", entitlement.getReferenceOrder().getId(), order.getId());
  }
}
