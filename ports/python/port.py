"""SES SMTP passwords and signing keys of Signature Version 4 with Python's standard library.

A port of sigvet: it reads a case a line and answers with every stage. Requests are signed in
sigv4.py. A secret may be any bytes, so all that is signed is bytes; hmac takes no str.
Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a signed AWS
API request" (AWS IAM User Guide).
"""

import base64
import hmac
import json
import ssl
import sys

import sigv4

NOT_EMPTY = rb"(?s).+"
FORMS = {"secret": NOT_EMPTY, "region": NOT_EMPTY, "service": NOT_EMPTY, "date": rb"[0-9]{8}"}


class Unsupported(Exception):
    """This port does not do what is asked."""


def mac_chain(key, **messages):
    """The MAC of each message; it is the key of the next one."""
    return {name: (key := hmac.digest(key, text, "sha256")) for name, text in messages.items()}


def hex_stages(macs):
    return {name: mac.hex().encode() for name, mac in macs.items()}


def ses_smtp_password(given):
    if given["version"] == 2:
        macs = mac_chain(given["secret"], mac=b"SendRawEmail")
    elif given["version"] == 4:
        macs = mac_chain(
            b"AWS4" + given["secret"],
            date_key=b"11111111",  # a constant of the scheme, not a day
            region_key=given["region"],
            service_key=b"ses",
            terminal_key=b"aws4_request",
            message_key=b"SendRawEmail",
        )
    else:
        raise Unsupported(f"version {given['version']}")
    # The version goes in front as a byte, not as a digit. encodebytes would break lines.
    password = base64.b64encode(bytes([given["version"]]) + list(macs.values())[-1])
    return {**hex_stages(macs), "password": password}


def signing_keys(given, date):
    return mac_chain(
        b"AWS4" + given["secret"],
        date_key=date,
        region_key=given["region"],
        service_key=given["service"],
        signing_key=b"aws4_request",
    )


def request_key(given):
    return signing_keys(given, given["timestamp"][:8])["signing_key"]


OPERATIONS = {
    "ses-smtp-password": ses_smtp_password,
    "sigv4-signing-key": lambda given: hex_stages(signing_keys(given, given["date"])),
    "sigv4-sign": lambda given: sigv4.sign(given, request_key(given)),
    "sigv4-presign": lambda given: sigv4.presign(given, request_key(given)),
}
PORT = {
    "name": "python",
    "version": sys.version.split()[0],
    "language": "Python",
    "crypto": f"hashlib ({ssl.OPENSSL_VERSION})",
}


def from_json(value):
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return value.encode() if isinstance(value, str) else value


def to_json(data):
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def compute(op, fields):
    if op not in OPERATIONS:
        raise Unsupported(f"operation {op}")
    given = {name: from_json(value) for name, value in fields.items()}
    sigv4.check_forms(given, FORMS)
    return {name: to_json(value) for name, value in OPERATIONS[op](given).items()}


def answer(case):
    try:
        result = {"output": compute(case["op"], case["input"])}
    except sigv4.Refused as error:
        result = {"refused": str(error)}
    except Unsupported as error:
        result = {"unsupported": str(error)}
    return {"type": "answer", "id": case["id"], **result}


def ready():
    ops = list(OPERATIONS)
    return {"type": "ready", "protocol": 1, "port": PORT, "ops": ops, "max_in_flight": 32}


for line in sys.stdin.buffer:
    message = json.loads(line)
    print(json.dumps(ready() if message["type"] == "hello" else answer(message)), flush=True)
