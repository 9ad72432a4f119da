"""Answers cross-check's questions with CPython's hmac and hashlib (OpenSSL) and binascii."""

import binascii
import platform
import ssl

import sigv4
from protocol import Refused, serve


def chain(key, *messages):
    """The MACs of the messages, each under the MAC before it."""
    keys = []
    for message in messages:
        key = sigv4.mac(key, message)
        keys.append(key)
    return keys


def encode(data):
    return binascii.b2a_base64(data, newline=False)


def decode(text):
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error as error:
        raise Refused(str(error)) from error
    # Strict mode still ignores trailing bits.
    if encode(data) != text:
        raise Refused("trailing bits")
    return data


def ses_2(given):
    code = sigv4.mac(given["secret"], b"SendRawEmail")
    return {"mac": code, "password": encode(b"\x02" + code)}


def ses_4(given):
    messages = [b"11111111", given["region"], b"ses", b"aws4_request", b"SendRawEmail"]
    keys = chain(b"AWS4" + given["secret"], *messages)
    names = ["date_key", "region_key", "service_key", "terminal_key", "message_key"]
    return {**dict(zip(names, keys)), "password": encode(b"\x04" + keys[-1])}


def signing_key(given):
    messages = [given["date"], given["region"], given["service"], b"aws4_request"]
    keys = chain(b"AWS4" + given["secret"], *messages)
    return dict(zip(["date_key", "region_key", "service_key", "signing_key"], keys))


ANSWER = {
    **sigv4.ANSWER,
    "sha256": lambda given: {"digest": bytes.fromhex(sigv4.sha256(given["message"]).decode())},
    "hmac-sha256": lambda given: {"mac": sigv4.mac(given["key"], given["message"])},
    "base64-encode": lambda given: {"text": encode(given["bytes"])},
    "base64-decode": lambda given: {"bytes": decode(given["text"])},
    "ses-smtp-password-2": ses_2,
    "ses-smtp-password-4": ses_4,
    "sigv4-signing-key": signing_key,
}


if __name__ == "__main__":
    serve(f"CPython {platform.python_version()}, {ssl.OPENSSL_VERSION}",
          lambda operation, given: ANSWER[operation](given))
