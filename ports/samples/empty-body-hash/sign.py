#!/usr/bin/env python3
"""The mistake: a program that signs GET requests was made to sign POST requests too, and its payload
hash stayed that of an empty body. The server hashes the body that came, and finds another signature.

Right: hashlib.sha256(body).hexdigest(), whatever the method.
"""

import hashlib
import hmac
import json
import re
import sys
from datetime import datetime

PLAIN = {
    "access_key_id": r"\w+",
    "secret": r"(?s:.+)",
    "region": r"[\w-]+",
    "service": r"[\w-]+",
    "timestamp": r"[1-9]\d{7}T\d{6}Z",
    "method": r"[A-Z]+",
    "path": r"/(?:[\w~-][\w.~-]*(?:/|\Z))*",
    "query": r"(?:[\w.~-]+=[\w.~-]*(?:&[\w.~-]+=[\w.~-]*)*)?",
}
OWN = {"authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"}


def is_plain(request):
    """Whether the request is one of those that need no encoding and no other rules."""
    for name, pattern in PLAIN.items():
        value = request.get(name, "")
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
            return False
    try:
        datetime.strptime(request["timestamp"], "%Y%m%dT%H%M%SZ")
    except ValueError:
        return False
    if not isinstance(request.get("body", ""), str) or request.get("content_sha256_header"):
        return False
    if "session_token" in request or "payload_hash" in request:
        return False
    names = [name.lower() for name, _ in request["headers"] if isinstance(name, str)]
    values = [value for _, value in request["headers"] if isinstance(value, str)]
    return (
        len(names) == len(values) == len(request["headers"])
        and all(re.fullmatch(r"[\w-]+", name, re.ASCII) and name not in OWN for name in names)
        and all(re.fullmatch(r"[\x20-\x7e]*", value) for value in values)
        and names.count("host") == 1
    )


def canonical_headers(given):
    headers = {}
    for name, value in given:
        headers.setdefault(name.lower(), []).append(" ".join(value.split()))
    return sorted(headers.items())


def mac(key, message):
    return hmac.new(key, message.encode(), hashlib.sha256).digest()


def sign(request):
    payload_hash = hashlib.sha256(b"").hexdigest()  # The mistake.
    timestamp = request["timestamp"]
    headers = canonical_headers([*request["headers"], ("x-amz-date", timestamp)])
    signed_headers = ";".join(name for name, _ in headers)
    pairs = [pair.split("=") for pair in request.get("query", "").split("&")]
    canonical_request = "\n".join(
        [
            request["method"],
            request["path"],
            "&".join("=".join(pair) for pair in sorted(pairs)),
            *(f"{name}:{','.join(values)}" for name, values in headers),
            "",
            signed_headers,
            payload_hash,
        ]
    )
    steps = (timestamp[:8], request["region"], request["service"], "aws4_request")
    scope = "/".join(steps)
    digest = hashlib.sha256(canonical_request.encode()).hexdigest()
    string_to_sign = f"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{digest}"
    key = b"AWS4" + request["secret"].encode()
    for step in steps:
        key = mac(key, step)
    signature = mac(key, string_to_sign).hex()
    return {
        "canonical_request": canonical_request,
        "string_to_sign": string_to_sign,
        "signature": signature,
        "authorization": f"AWS4-HMAC-SHA256 Credential={request['access_key_id']}/{scope}, "
        f"SignedHeaders={signed_headers}, Signature={signature}",
    }


def reply(message):
    if message["type"] == "hello":
        port = {"name": "empty-body-hash"}
        return {"type": "ready", "protocol": 1, "port": port, "ops": ["sigv4-sign"], "max_in_flight": 32}
    request = message["input"]
    result = {"output": sign(request)} if is_plain(request) else {"unsupported": "a request like this one"}
    return {"type": "answer", "id": message["id"], **result}


for line in sys.stdin.buffer:
    print(json.dumps(reply(json.loads(line))), flush=True)
