"""What the Java SDK's JSON mapper refuses to read, measured with version 1.15.3."""

import json
from pathlib import Path

from steps import expect

_REFUSALS = json.loads(
    (Path(__file__).resolve().parents[1] / "java" / "refusals.json").read_text(encoding="utf-8")
)


def readable(value, where="answer"):
    """Fails where the SDK's mapper would."""
    if isinstance(value, list):
        for position, element in enumerate(value):
            readable(element, f"{where}[{position}]")
    if not isinstance(value, dict):
        return
    for name, texts in _REFUSALS["texts"].items():
        given = value.get(name, [])
        for text in given if isinstance(given, list) else [given]:
            expect(f"{where}.{name} is one of {texts}, {text}", text in texts, True)
    kind = value.get("attributes", {}).get("objectType")
    if kind == "Subscription":
        status = value["status"]
        expect(f"{where}.status {status}", status in _REFUSALS["subscriptionStatus"], True)
    for name, text in value.get("dynamicAttributes", {}).items():
        expect(f"{where}.dynamicAttributes.{name}", isinstance(text, (list, dict)), False)
    if "errorCode" in value:
        expect(f"{where}.errorCode", str(value["errorCode"]).isdigit(), True)
    if "userCredentials" in value:
        expect(f"{where} password", isinstance(value["userCredentials"]["password"], str), True)
    if {"code", "description"} <= value.keys():
        expect(f"{where}.data", isinstance(value["data"], list), True)
    for name, member in value.items():
        readable(member, f"{where}.{name}")
