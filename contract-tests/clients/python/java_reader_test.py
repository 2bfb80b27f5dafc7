import unittest

from java_reader import readable


def subscription(status):
    return {"status": status, "attributes": {"objectType": "Subscription"}}


class JavaReader(unittest.TestCase):
    def test_reads_what_the_sdk_reads(self):
        for value in (
            {"billingCycle": "one_time", "unknown": {"anything": [None]}},
            {"items": [subscription("suspended")]},
            {"dynamicAttributes": {"isMicrosoftProduct": True}},
            {"error": {"errorCode": "10001"}},
            {"code": 13605, "description": "text", "data": []},
        ):
            readable(value)

    def test_refuses_what_the_sdk_refuses(self):
        for value in (
            {"billingCycle": "triennial"},
            {"supportedBillingCycles": ["monthly", "OneTime"]},
            {"items": [{"lineItems": [{"billingCycle": "Monthly"}]}]},
            subscription("expired"),
            {"contractType": "productKey"},
            {"relationshipToPartner": "microsoft_support"},
            {"dynamicAttributes": {"variants": []}},
            {"error": {"errorCode": "CatalogItemIdIsNotValid"}},
            {"entitledArtifacts": [{"artifactType": "azuresubscription"}]},
            {"userCredentials": {"password": {"value": "x"}}},
            {"code": 1, "description": "text", "data": "text"},
        ):
            with self.assertRaises(AssertionError, msg=str(value)):
                readable(value)


if __name__ == "__main__":
    unittest.main()
