"""What the Java SDK sends, sent again: `java/wire.jsonl` was recorded from its version 1.15.3.

Stands in for the SDK where Maven Central does not have it. Each answer is held against what the
SDK's JSON mapper refuses to read.
"""

import json
import os
import re
import uuid
from pathlib import Path

import requests
from java_reader import readable
from steps import expect, one, ready, step

BASE = os.environ["PCSIM_BASE_URL"]
JAVA = Path(__file__).resolve().parents[1] / "java"


def token():
    known = ready()
    partner = one(known["partners"], kind="direct")
    application = one(known["applications"], tenantId=partner["tenantId"])
    user = one(known["users"], userPrincipalName=f"admin@{partner['domain']}")
    answer = requests.post(
        f"{BASE}/{partner['tenantId']}/oauth2/token",
        data={
            "grant_type": "password",
            "client_id": application["clientId"],
            "client_secret": application["clientSecret"],
            "username": user["userPrincipalName"],
            "password": user["password"],
            "resource": "https://api.partnercenter.microsoft.com",
        },
        timeout=10,
    )
    return answer.json()["access_token"]


def filled(text, values):
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def at(value, pointer):
    for part in pointer.split("/")[1:]:
        value = value[int(part) if isinstance(value, list) else part]
    return value


class Replay:
    def __init__(self, access_token):
        company = one(ready()["customers"], companyName="Legacy 0145P")
        self.values = {"withAzure": company["tenantId"]}
        self.session = requests.Session()
        self.session.headers.update(
            {
                "Authorization": f"Bearer {access_token}",
                "Accept": "application/json",
                "X-Locale": "en-US",
                "MS-PartnerCenter-Client": "Partner Center Java SDK",
                "MS-Contract-Version": "v1",
                "MS-SdkVersion": "1.15.3",
                "User-Agent": "AutoRest-Java",
            }
        )
        self.next_headers = {}

    def send(self, row):
        headers = {
            "MS-RequestId": str(uuid.uuid4()),
            "MS-CorrelationId": str(uuid.uuid4()),
            **(self.next_headers if row.get("continued") else {}),
        }
        body = None
        if "body" in row:
            headers["Content-Type"] = "application/json; charset=utf-8"
            text = json.dumps(row["body"], ensure_ascii=False, separators=(",", ":"))
            body = filled(text, self.values).encode()
        # A failure is repeated, under the same request id.
        for _ in range(row.get("times", 1)):
            url = BASE + filled(row["path"], self.values)
            answer = self.session.request(
                row["method"], url, headers=headers, data=body, timeout=10
            )
            expect(f"{row['method']} {url}: {answer.text}", answer.status_code, row["status"])
        self.read(row, answer)

    def read(self, row, answer):
        answer.encoding = "utf-8-sig"
        if row["path"].endswith("/registrations"):
            # With a body the SDK would try to read it as an HTTP client's answer.
            expect("body of a registration", answer.text, "")
            expect("Location", answer.headers["Location"].endswith("/registrationstatus"), True)
            return
        if answer.text == "":
            return
        value = answer.json()
        readable(value)
        following = value.get("links", {}).get("next", {}).get("headers", [])
        self.next_headers = {header["key"]: header["value"] for header in following}
        for name, pointer in row.get("take", {}).items():
            self.values[name] = at(value, pointer)


def main():
    step("token by password")
    replay = Replay(token())
    for line in (JAVA / "wire.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        step(f"`{row['method']} {row['path']}`")
        replay.send(row)


if __name__ == "__main__":
    main()
