"""A small OpenID Connect provider for tests, on this machine only: discovery, authorize, token, keys, userinfo.

It behaves as ID-porten and Entra do where it matters here: code flow, RS256, and a national identity number among
the claims, which must be kept nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "samskap", "a secret between the two of us"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        return


@dataclass
class Provider:
    """`claims` is who stands before the provider; `token_claims` changes what the ID token says."""

    claims: dict[str, Any] = field(default_factory=dict)
    token_claims: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __enter__(self) -> Provider:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server: WSGIServer = make_server("127.0.0.1", 0, self._answer, handler_class=_Quiet)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def authorize(self, address: str) -> str:
        """What a browser does at the authorize address: the person says yes, and this is where it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        self.asked.append(asked)
        code = secrets.token_hex(8)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def _answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        pages = {
            "/.well-known/openid-configuration": self._discovery,
            "/token": self._token,
            "/keys": self._keys,
            "/userinfo": lambda _environ: self.claims,
        }
        try:
            content, status = pages[environ["PATH_INFO"]](environ), "200 OK"
        except PermissionError as refused:
            content, status = {"error": "invalid_grant", "error_description": str(refused)}, "400 Bad Request"
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(content).encode()]

    def _discovery(self, _environ: dict[str, Any]) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _keys(self, _environ: dict[str, Any]) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [key | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def _token(self, environ: dict[str, Any]) -> dict[str, Any]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self._codes.pop(given["code"], None)
        if asked is None or given.get("client_secret") != SECRET:
            raise PermissionError("unknown code or secret")
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked.get("code_challenge"):
            raise PermissionError("the verifier does not fit the challenge")
        now = int(time.time())
        frame = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        token = jwt.encode(frame | self.claims | self.token_claims, self._key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 60, "id_token": token}
