"""The setting SAMSKAP_OIDC in the form that django-allauth reads; settings cannot import `sign_in.py`."""

from __future__ import annotations

from typing import Any

__all__ = ["apps"]


def apps(providers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The setting SAMSKAP_OIDC in allauth's form, with PKCE always on.

    A provider that does not say `email_verified` itself (Entra) is believed only with `"trusts_email": true`.
    """
    return [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {
                "server_url": one["issuer"].rstrip("/"),
                "scope": one.get("scope", "openid profile email").split(),
                "auth_params": {"acr_values": one["acr_values"]} if one.get("acr_values") else {},
                "verified_email": bool(one.get("trusts_email", False)),
                "oauth_pkce_enabled": True,
            },
        }
        for one in providers
    ]
