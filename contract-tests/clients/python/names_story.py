"""`azure-identity` and `azure-mgmt-reservations` without any option: the real names lead here."""

from azure.identity import CertificateCredential, ClientSecretCredential, DeviceCodeCredential
from azure.mgmt.reservations import AzureReservationAPI
from azure.mgmt.reservations.models import PurchaseRequest, SkuName
from browser import CERTIFICATE, approve
from steps import expect, one, ready, step

SCOPE = "https://api.partnercenter.microsoft.com/.default"


def main():
    known = ready()
    partner = one(known["partners"], kind="direct")
    application = one(known["applications"], tenantId=partner["tenantId"])
    user = one(known["users"], userPrincipalName=f"admin@{partner['domain']}")
    step("`CertificateCredential`")
    CertificateCredential(
        partner["tenantId"], application["clientId"], str(CERTIFICATE)
    ).get_token(SCOPE)
    step("`DeviceCodeCredential` at `organizations`")
    DeviceCodeCredential(
        prompt_callback=lambda uri, code, expires: approve(uri, code, user)
    ).get_token(SCOPE)

    step("`ClientSecretCredential`, `reservation_order.calculate`")
    company = one(known["customers"], companyName="Contoso")
    own = one(known["applications"], tenantId=company["tenantId"])
    client = AzureReservationAPI(
        ClientSecretCredential(company["tenantId"], own["clientId"], own["clientSecret"])
    )
    subscription = company["subscriptions"][0]["azureSubscriptionIds"][0]
    price = client.reservation_order.calculate(
        PurchaseRequest(
            sku=SkuName(name="Standard_D2s_v3"),
            location="westeurope",
            reserved_resource_type="VirtualMachines",
            billing_scope_id=f"/subscriptions/{subscription}",
            term="P1Y",
            billing_plan="Upfront",
            quantity=1,
            display_name="by name",
            applied_scope_type="Shared",
        )
    )
    expect("an order", bool(price.properties.reservation_order_id), True)


if __name__ == "__main__":
    main()
