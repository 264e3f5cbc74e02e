"""Checks ID tokens one after the other with Authlib, as the broker does at a login by one: signature (ES256, with a key
that is known), header, issuer, audience, nonce and times. There is no account of which token was spent."""

import json
import sys
import time

from authlib.oidc.core import IDToken
from joserfc import jwt
from joserfc.jwk import KeySet


def is_valid(keys, nonce, token):
    try:
        decoded = jwt.decode(token, keys, algorithms=["ES256"])
        claims = IDToken(
            decoded.claims,
            decoded.header,
            {"iss": {"values": ["https://op.example"]}, "aud": {"value": "notes"}},
            {"nonce": nonce, "client_id": "notes"},
        )
        claims.validate(leeway=30)
    except Exception:
        return False
    return True


def main(path):
    with open(path) as file:
        keys = KeySet.import_key_set(json.loads(next(file)))
        lines = [line.split() for line in file]
    durations, failures = [], 0
    began, used = time.perf_counter(), time.process_time()
    for nonce, token in lines:
        start = time.perf_counter()
        failures += not is_valid(keys, nonce, token)
        durations.append(time.perf_counter() - start)
    wall, used = time.perf_counter() - began, time.process_time() - used
    if failures:
        sys.exit(f"{failures} of {len(lines)} tokens are invalid")
    durations.sort()
    figures = {
        "requests": len(lines),
        "rate": len(lines) / wall,
        "cpu_us": used / len(lines) * 1e6,
        "p50_us": durations[len(lines) // 2] * 1e6,
        "p99_us": durations[len(lines) * 99 // 100] * 1e6,
    }
    print(json.dumps(figures))


main(sys.argv[1])
