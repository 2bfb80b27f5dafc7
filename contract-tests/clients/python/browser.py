"""The browser of a user who signs in: it fills in the simulator's pages."""

import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

CERTIFICATE = Path(__file__).resolve().parents[3] / "fixtures" / "worlds" / "demo_application.pem"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def _open(url, fields=None):
    request = urllib.request.Request(url, headers={"Accept": "text/html"})
    if fields is not None:
        request.data = urllib.parse.urlencode(fields).encode()
    opener = urllib.request.build_opener(
        _Stay, urllib.request.HTTPSHandler(context=ssl.create_default_context())
    )
    try:
        return opener.open(request)
    except urllib.error.HTTPError as answer:
        return answer


def _submit(url, fields):
    page = _open(url)
    if not re.search('<form method="post">', page.read().decode()):
        raise AssertionError(f"{url} shows no form")
    return _open(url, fields)


def sign_in(url, user):
    """Signs the user in on an authorization page; the address the application is sent."""
    answer = _submit(url, {"username": user["userPrincipalName"], "password": user["password"]})
    if answer.status != 302:
        raise AssertionError(answer.read().decode())
    return answer.headers["Location"]


def approve(url, user_code, user):
    """Types a device's code."""
    answer = _submit(
        url,
        {
            "user_code": user_code,
            "username": user["userPrincipalName"],
            "password": user["password"],
            "action": "approve",
        },
    )
    if answer.status != 200:
        raise AssertionError(answer.read().decode())
