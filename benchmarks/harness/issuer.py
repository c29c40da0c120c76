"""An OpenID Connect issuer of a few lines: discovery, one RSA key, tokens. Python's library has no RSA."""
import base64
import hashlib
import http.server
import json
import random
import threading
import time

SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2
AUDIENCE = "aftercall-benchmark"
TENANT = "7e0d9a1c-5a0e-4f7b-9d11-0c5f3a9e2b44"
SCOPE = "OnlineMeetingRecording.Read.All"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def probable_prime(number, draw):
    """Miller and Rabin, 24 rounds."""
    if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(24):
        x = pow(draw.randrange(2, number - 1), odd, number)
        if x in (1, number - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % number
            if x == number - 1:
                break
        else:
            return False
    return True


class Issuer:
    """Runs in a thread of the driver; the key is good for a benchmark and for nothing else."""

    def __init__(self):
        draw = random.SystemRandom()
        p, q = (self._prime(draw) for _ in range(2))
        self.n, e = p * q, 65537
        self.d = pow(e, -1, (p - 1) * (q - 1))
        documents = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            wbufsize = -1  # one segment an answer: Nagle and delayed acknowledgement would add 40 ms

            def do_GET(self):
                body = json.dumps(documents[self.path]).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        documents["/.well-known/openid-configuration"] = {"issuer": self.url, "jwks_uri": self.url + "/keys"}
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k", "e": base64url(b"\1\0\1")}
        documents["/keys"] = {"keys": [key | {"n": base64url(self.n.to_bytes(256, "big"))}]}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def _prime(draw):
        while True:
            number = draw.getrandbits(1024) | (3 << 1022) | 1
            if (number - 1) % 65537 and probable_prime(number, draw):
                return number

    def _token(self, claims):
        now = int(time.time())
        claims = {"iss": self.url, "aud": AUDIENCE, "iat": now, "exp": now + 86400} | claims
        parts = ({"alg": "RS256", "kid": "k", "typ": "at+jwt"}, claims)
        signed = ".".join(base64url(json.dumps(part).encode()) for part in parts)
        digest = SHA256_PREFIX + hashlib.sha256(signed.encode()).digest()
        block = b"\0\1" + b"\xff" * (253 - len(digest)) + b"\0" + digest
        signature = pow(int.from_bytes(block, "big"), self.d, self.n).to_bytes(256, "big")
        return signed + "." + base64url(signature)

    def person(self, oid):
        claims = {"sub": oid, "azp": "reader", "preferred_username": "someone@example.com"}
        return self._token(claims | {"scope": SCOPE})

    def application(self, *roles):
        claims = {"sub": "reader", "azp": "reader", "preferred_username": "service-account-reader"}
        return self._token(claims | {"roles": list(roles)})
