"""`azure-mgmt-reservations`: a customer's application buys a reservation, paid in instalments."""

import os

from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.reservations import AzureReservationAPI
from azure.mgmt.reservations.models import PurchaseRequest, SkuName
from steps import expect, one, ready, step

BASE = os.environ["PCSIM_BASE_URL"]
SCOPES = ["https://management.azure.com/.default"]


def purchase(subscription):
    return PurchaseRequest(
        sku=SkuName(name="Standard_D2s_v3"),
        location="westeurope",
        reserved_resource_type="VirtualMachines",
        billing_scope_id=f"/subscriptions/{subscription}",
        term="P1Y",
        billing_plan="Monthly",
        quantity=1,
        display_name="from Python",
        applied_scope_type="Shared",
        renew=False,
    )


def customer(name):
    """The credential of the application at the customer, and its Azure subscription."""
    known = ready()
    company = one(known["customers"], companyName=name)
    application = one(known["applications"], tenantId=company["tenantId"])
    credential = ClientSecretCredential(
        company["tenantId"],
        application["clientId"],
        application["clientSecret"],
        authority=BASE,
        disable_instance_discovery=True,
    )
    return credential, company["subscriptions"][0]["azureSubscriptionIds"][0]


def buy(client, subscription):
    body = purchase(subscription)
    step("`ClientSecretCredential`, `reservation_order.calculate`")
    price = client.reservation_order.calculate(body).properties
    expect("payments", len(price.payment_schedule), 12)
    expect("currency", price.billing_currency_total.currency_code, "EUR")

    step("`reservation_order.begin_purchase(…).result()`")
    order = client.reservation_order.begin_purchase(
        price.reservation_order_id, body, polling_interval=0
    ).result()
    expect("state", order.provisioning_state, "Succeeded")
    step("`reservation_order.get(expand='schedule')`")
    read = client.reservation_order.get(order.name, expand="schedule")
    expect("transactions", len(read.plan_information.transactions), 12)
    step("`reservation.list`")
    [reservation] = list(client.reservation.list(order.name))
    expect("name", reservation.properties.display_name, "from Python")
    return order


def main():
    credential, subscription = customer("Contoso")
    client = AzureReservationAPI(credential, base_url=BASE, credential_scopes=SCOPES)
    buy(client, subscription)

    step("`role_assignments.list_for_subscription`")
    roles = AuthorizationManagementClient(
        credential, subscription, base_url=BASE, credential_scopes=SCOPES
    ).role_assignments.list_for_subscription()
    expect("owners", len(list(roles)), 4)

    credential, subscription = customer("Permission off")
    client = AzureReservationAPI(credential, base_url=BASE, credential_scopes=SCOPES)
    step("`begin_purchase` where the partner does not permit it, an `HttpResponseError`")
    body = purchase(subscription)
    price = client.reservation_order.calculate(body).properties
    try:
        client.reservation_order.begin_purchase(price.reservation_order_id, body).result()
        raise AssertionError("bought without permission")
    except HttpResponseError as refused:
        expect("code", refused.error.code, "Forbidden")


if __name__ == "__main__":
    main()
