"""The generated client `partnercenterservices`, pointed at the simulator by its base URL.

Answers of 400, 401, 403, 404 and 500 count
as expected there: the client returns None, so that every step looks at what came back.
"""

import os

import requests
from adal import AuthenticationContext
from azure.core.exceptions import DeserializationError
from microsoft.store.partnercenterservices import MicrosoftPartnerStoreApis, models
from msal import ConfidentialClientApplication
from msrest.authentication import BasicTokenAuthentication
from steps import expect, one, ready, step

BASE = os.environ["PCSIM_BASE_URL"]
RESOURCE = "https://api.partnercenter.microsoft.com"
AZURE_PLAN = "DZH318Z0BPS6:0001:DZH318Z0BML6"
VERSION = "1"


def application_token(partner, application):
    """As its users did in 2019: `adal`, the v1 endpoint."""
    context = AuthenticationContext(f"{BASE}/{partner['tenantId']}", validate_authority=False)
    return context.acquire_token_with_client_credentials(
        RESOURCE, application["clientId"], application["clientSecret"]
    )["accessToken"]


def application_token_of_today(partner, application):
    """`msal`, the v2 endpoint."""
    confidential = ConfidentialClientApplication(
        application["clientId"],
        client_credential=application["clientSecret"],
        authority=f"{BASE}/{partner['tenantId']}",
        instance_discovery=False,
    )
    return confidential.acquire_token_for_client([f"{RESOURCE}/.default"])["access_token"]


def user_token(partner, application):
    """With a password `adal` sends no secret, and `msal` forgets the port of its authority."""
    name = f"admin@{partner['domain']}"
    user = one(ready()["users"], userPrincipalName=name)
    answer = requests.post(
        f"{BASE}/{partner['tenantId']}/oauth2/v2.0/token",
        data={
            "grant_type": "password",
            "client_id": application["clientId"],
            "client_secret": application["clientSecret"],
            "username": name,
            "password": user["password"],
            "scope": f"{RESOURCE}/.default",
        },
        timeout=10,
    )
    return answer.json()["access_token"]


def client_with(token):
    return MicrosoftPartnerStoreApis(
        BasicTokenAuthentication({"access_token": token}), base_url=BASE
    )


def continued(link):
    return {header.key: header.value for header in link.headers}


def list_customers(client):
    step("`getvversioncustomersfilterfilter.value(size=2)`")
    page = client.getvversioncustomersfilterfilter.value(VERSION, size=2)
    expect("customers of a page", len(page.items), 2)
    names = [customer.company_profile.company_name for customer in page.items]
    step("the same with `seek_operation='Next'`, until there is no next page")
    while page.links.next:
        page = client.getvversioncustomersfilterfilter.value(
            VERSION, size=2, seek_operation="Next", custom_headers=continued(page.links.next)
        )
        names += [customer.company_profile.company_name for customer in page.items]
    expect("customers seen twice", len(names) - len(set(names)), 0)
    expect("Contoso is listed", "Contoso" in names, True)

    step("the same with a filter")
    found = client.getvversioncustomersfilterfilter.value(
        VERSION, filter='{"Field":"CompanyName","Operator":"StartsWith","Value":"Cont"}'
    )
    expect("found", [customer.company_profile.company_name for customer in found.items], ["Contoso"])
    return found.items[0]


def create_customer(client):
    address = models.MicrosoftPartnerSdkContractsV1Address(
        country="FR", city="Lyon", address_line1="3 rue du Port", postal_code="69002",
        first_name="Ana", last_name="Petit", phone_number="0478000000",
    )  # fmt: skip
    wanted = models.MicrosoftPartnerSdkContractsV1Customer(
        company_profile=models.MicrosoftPartnerSdkContractsV1CustomerCompanyProfile(
            domain="moulin.onmicrosoft.com"
        ),
        billing_profile=models.MicrosoftPartnerSdkContractsV1CustomerBillingProfile(
            first_name="Ana", last_name="Petit", email="ana@moulin.example", culture="fr-FR",
            language="fr", company_name="Le Moulin à café", default_address=address,
        ),
    )  # fmt: skip
    step("`postvversioncustomers`; the client cannot read a password, and raises")
    try:
        client.postvversioncustomers(wanted, VERSION)
        raise AssertionError("the password was read")
    except DeserializationError:
        pass
    step("the customer found by domain")
    [found] = client.getvversioncustomersfilterfilter.value(
        VERSION, filter='{"Field":"Domain","Operator":"StartsWith","Value":"moulin"}'
    ).items
    created = client.getvversioncustomerscustomer.id(found.id, VERSION)
    expect("company", created.company_profile.company_name, "Le Moulin à café")
    return created


def update_billing_profile(client, customer):
    step("`getvversioncustomerscustomer.idprofilesbilling`")
    profile = client.getvversioncustomerscustomer.idprofilesbilling(customer.id, VERSION)
    # The model marks the etag as read only and leaves it out: it goes into the header.
    etag = {"If-Match": profile.attributes.etag}
    profile.default_address.address_line1 = "4 rue du Port"
    step("`putvversioncustomerscustomer.idprofilesbilling`")
    updated = client.putvversioncustomerscustomer.idprofilesbilling(
        customer.id, profile, VERSION, custom_headers=etag
    )
    expect("address", updated.default_address.address_line1, "4 rue du Port")


def accept_agreement(token, customer):
    """The 2019 description this client is made of knows no agreements."""
    step("the agreement, by `requests`")
    answer = requests.post(
        f"{BASE}/v1/customers/{customer.id}/agreements",
        headers={"Authorization": f"Bearer {token}"},
        json={
            "primaryContact": {"firstName": "Ana", "lastName": "Petit", "email": "a@b.example"},
            "templateId": "117a77b0-9360-443b-8795-c6dedc750cf9",
            "dateAgreed": "2024-03-02T00:00:00Z",
            "type": "MicrosoftCustomerAgreement",
        },
        timeout=10,
    )
    expect("agreement", answer.status_code, 201)


def order_of(offer, **context):
    line = models.MicrosoftPartnerSdkContractsV1OrderLineItem(
        line_item_number=0, offer_id=offer, quantity=1, provisioning_context=context or None
    )
    return models.MicrosoftPartnerSdkContractsV1Order(billing_cycle="one_time", line_items=[line])


def buy_plan(client, customer):
    step("`postvversioncustomerscustomer.idorders` without agreement: None")
    refused = client.postvversioncustomerscustomer.idorders(
        customer.id, order_of(AZURE_PLAN), VERSION
    )
    expect("without agreement", refused, None)


def register(client, customer, subscription):
    step("`postvversioncustomerscustomer.idregistrations`")
    client.postvversioncustomerscustomer.idregistrations(customer.id, subscription.id, VERSION)
    step("`getvversioncustomerscustomer.idregistrationstatus`")
    status = client.getvversioncustomerscustomer.idregistrationstatus(
        customer.id, subscription.id, VERSION
    )
    expect("registration", status.status.lower(), "registered")


def reservation_item(token):
    """Nor does it know the product catalogue."""
    step("the catalogue, by `requests`")
    headers = {"Authorization": f"Bearer {token}"}
    query = "country=FR&targetView=AzureReservationsVM&reservationScope=AzurePlan"
    path = "/products"
    for below in ("/skus", "/availabilities", None):
        answer = requests.get(f"{BASE}/v1{path}?{query}", headers=headers, timeout=10)
        # `requests` cannot read a byte order mark by itself.
        answer.encoding = "utf-8-sig"
        item = answer.json()["items"][0]
        path += f"/{item['id']}{below}"
    return item["catalogItemId"]


def buy_reservation(client, customer, subscription, offer):
    step("`postvversioncustomerscustomer.idorders` of a reservation")
    wanted = order_of(offer, subscriptionId=subscription.id, scope="shared", duration="1Year")
    order = client.postvversioncustomerscustomer.idorders(customer.id, wanted, VERSION)
    expect("offer", order.line_items[0].offer_id, offer)
    step("`getvversioncustomerscustomer.id5` (an order)")
    again = client.getvversioncustomerscustomer.id5(customer.id, order.id, VERSION)
    expect("order", again.creation_date, order.creation_date)


def customer_users(user, customer):
    """`user` is signed in: applications alone are refused here."""
    step("`getvversioncustomerscustomer.value6(size=1)` (users)")
    page = user.getvversioncustomerscustomer.value6(customer.id, VERSION, size=1)
    [administrator] = page.items
    step("`getvversioncustomerscustomer.id2` (a user)")
    got = user.getvversioncustomerscustomer.id2(customer.id, administrator.id, VERSION)
    expect("user", got.user_principal_name, administrator.user_principal_name)
    step("`getvversioncustomerscustomer.iddirectoryroles`")
    roles = user.getvversioncustomerscustomer.iddirectoryroles(
        customer.id, administrator.id, VERSION
    )
    expect("roles", roles.total_count, 1)
    changed = models.MicrosoftPartnerSdkContractsV1CustomerUser(display_name="Ana Petit-Moulin")
    step("`patchvversioncustomerscustomer.id2` (a user)")
    user.patchvversioncustomerscustomer.id2(customer.id, administrator.id, changed, VERSION)
    updated = user.getvversioncustomerscustomer.id2(customer.id, administrator.id, VERSION)
    expect("name", updated.display_name, "Ana Petit-Moulin")


def main():
    known = ready()
    partner = one(known["partners"], kind="direct")
    application = one(known["applications"], tenantId=partner["tenantId"])
    step("`adal`: `acquire_token_with_client_credentials`")
    client = client_with(application_token(partner, application))
    step("`msal`: `acquire_token_for_client`, and a customer with it")
    other = client_with(application_token_of_today(partner, application))
    contoso = one(known["customers"], companyName="Contoso")["tenantId"]
    expect("id", other.getvversioncustomerscustomer.id(contoso, VERSION).id, contoso)
    step("a user's token, by `requests`")
    token = user_token(partner, application)
    user = client_with(token)

    contoso = list_customers(client)
    step("`getvversioncustomerscustomer.id` (a customer)")
    got = client.getvversioncustomerscustomer.id(contoso.id, VERSION)
    expect("domain", got.company_profile.domain, "contoso.onmicrosoft.com")

    customer = create_customer(client)
    update_billing_profile(client, customer)

    step("`getvversioncustomerscustomer.idprofilescompany`")
    profile = user.getvversioncustomerscustomer.idprofilescompany(customer.id, VERSION)
    expect("tenant", profile.tenant_id, customer.id)
    customer_users(user, customer)

    buy_plan(client, customer)
    accept_agreement(token, customer)
    step("`postvversioncustomerscustomer.idorders` of the Azure plan")
    plan = user.postvversioncustomerscustomer.idorders(customer.id, order_of(AZURE_PLAN), VERSION)
    expect("plan", plan.line_items[0].offer_id, AZURE_PLAN)

    step("`getvversioncustomerscustomer.value9` (subscriptions)")
    [subscription] = client.getvversioncustomerscustomer.value9(customer.id, VERSION).items
    expect("status", subscription.status, "active")
    step("`getvversioncustomerscustomer.id6` (a subscription)")
    again = client.getvversioncustomerscustomer.id6(customer.id, subscription.id, VERSION)
    expect("same subscription", again.creation_date, subscription.creation_date)

    register(client, customer, subscription)
    buy_reservation(client, customer, subscription, reservation_item(token))
    step("`getvversioncustomerscustomer.value7` (orders)")
    orders = client.getvversioncustomerscustomer.value7(customer.id, VERSION)
    expect("orders", orders.total_count, 2)


if __name__ == "__main__":
    main()
