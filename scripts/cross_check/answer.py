"""Answers cross-check's questions with CPython's hmac and hashlib (OpenSSL) and binascii."""

import binascii
import hashlib
import hmac
import platform
import ssl
import sys


def mac(key, message):
    return hmac.digest(key, message, "sha256")


def chain(key, *messages):
    """The MACs of the messages, each under the MAC before it."""
    keys = []
    for message in messages:
        key = mac(key, message)
        keys.append(key)
    return keys


def encode(data):
    return binascii.b2a_base64(data, newline=False)


def decode(text):
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        return None
    # Strict mode still ignores trailing bits.
    return [data] if encode(data) == text else None


def ses_2(secret):
    code = mac(secret, b"SendRawEmail")
    return [code, encode(b"\x02" + code)]


def ses_4(secret, region):
    keys = chain(b"AWS4" + secret, b"11111111", region, b"ses", b"aws4_request", b"SendRawEmail")
    return keys + [encode(b"\x04" + keys[-1])]


ANSWER = {
    "sha256": lambda message: [hashlib.sha256(message).digest()],
    "hmac-sha256": lambda key, message: [mac(key, message)],
    "base64-encode": lambda data: [encode(data)],
    "base64-decode": decode,
    "ses-smtp-password-2": ses_2,
    "ses-smtp-password-4": ses_4,
    "sigv4-signing-key": lambda secret, *scope: chain(b"AWS4" + secret, *scope, b"aws4_request"),
}


def main():
    print(f"{platform.python_implementation()} {platform.python_version()}, {ssl.OPENSSL_VERSION}")
    for line in sys.stdin:
        operation, *inputs = line.rstrip("\n").split("\t")
        stages = ANSWER[operation](*map(bytes.fromhex, inputs))
        print("refused" if stages is None else "\t".join(stage.hex() for stage in stages))


if __name__ == "__main__":
    main()
