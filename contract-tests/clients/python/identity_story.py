"""`azure-identity` with the simulator as its authority, and its tokens under PyJWT."""

import os
import urllib.parse

import jwt
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import (
    AuthorizationCodeCredential,
    CertificateCredential,
    ClientSecretCredential,
    DeviceCodeCredential,
    OnBehalfOfCredential,
    UsernamePasswordCredential,
)
from browser import CERTIFICATE, approve, sign_in
from steps import expect, one, ready, step

BASE = os.environ["PCSIM_BASE_URL"]
OPTIONS = {"authority": BASE, "disable_instance_discovery": True}
RESOURCE = "https://api.partnercenter.microsoft.com"
SCOPE = f"{RESOURCE}/.default"
CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

KNOWN = ready()
PARTNER = one(KNOWN["partners"], kind="direct")
TENANT = PARTNER["tenantId"]
APPLICATION = one(KNOWN["applications"], tenantId=TENANT)
CLIENT, SECRET = APPLICATION["clientId"], APPLICATION["clientSecret"]
USER = one(KNOWN["users"], userPrincipalName=f"admin@{PARTNER['domain']}")


def verified(token, audience=RESOURCE):
    """The claims of a token, once its signature, times, audience and issuer are found right."""
    keys = jwt.PyJWKClient(f"{BASE}/common/discovery/v2.0/keys")
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["RS256", "ES256"],
        audience=audience,
        issuer=f"https://sts.windows.net/{TENANT}/",
        options={"require": ["exp", "nbf", "iat", "aud", "iss", "oid", "tid"]},
    )


def play(name, credential, proof, user=None, scope=SCOPE):
    step(f"`{name}`")
    token = credential.get_token(scope).token
    step("its signature, with the published keys")
    claims = verified(token)
    expect("proof", claims["appidacr"], proof)
    expect("user", claims.get("upn"), user)


def password_credential():
    return UsernamePasswordCredential(
        CLI, USER["userPrincipalName"], USER["password"], tenant_id=TENANT, **OPTIONS
    )


def main():
    name = USER["userPrincipalName"]
    play("ClientSecretCredential", ClientSecretCredential(TENANT, CLIENT, SECRET, **OPTIONS), "1")
    play(
        "CertificateCredential",
        CertificateCredential(TENANT, CLIENT, str(CERTIFICATE), **OPTIONS),
        "2",
    )
    play("UsernamePasswordCredential", password_credential(), "0", name)
    play(
        "DeviceCodeCredential",
        DeviceCodeCredential(
            CLI,
            tenant_id=TENANT,
            prompt_callback=lambda uri, code, expires: approve(uri, code, USER),
            **OPTIONS,
        ),
        "0",
        name,
    )

    step("a sign-in for `AuthorizationCodeCredential`")
    query = urllib.parse.urlencode(
        {
            "client_id": CLIENT,
            "response_type": "code",
            "redirect_uri": "http://localhost",
            "scope": SCOPE,
        }
    )
    address = sign_in(f"{BASE}/{TENANT}/oauth2/v2.0/authorize?{query}", USER)
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["code"][0]
    play(
        "AuthorizationCodeCredential",
        AuthorizationCodeCredential(
            TENANT, CLIENT, code, "http://localhost", client_secret=SECRET, **OPTIONS
        ),
        "1",
        name,
    )

    step("a user's token for the application")
    incoming = password_credential().get_token(f"api://{CLIENT}/.default").token
    expect("audience", verified(incoming, f"api://{CLIENT}")["upn"], name)
    play(
        "OnBehalfOfCredential",
        OnBehalfOfCredential(
            TENANT, CLIENT, client_secret=SECRET, user_assertion=incoming, **OPTIONS
        ),
        "1",
        name,
    )

    step("a wrong secret, a `ClientAuthenticationError`")
    try:
        ClientSecretCredential(TENANT, CLIENT, "wrong", **OPTIONS).get_token(SCOPE)
        raise AssertionError("a token for a wrong secret")
    except ClientAuthenticationError as refused:
        expect("number", "AADSTS7000215" in refused.message, True)


if __name__ == "__main__":
    main()
