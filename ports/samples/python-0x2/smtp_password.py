#!/usr/bin/env python3
"""smtp_password.py SECRET: prints an SES SMTP password of version 2, and a wrong one.

The mistake: the version is written '\\0x2', which Python reads as three characters, NUL, 'x' and '2'.
The password gets 48 letters and begins with AHgy.

Right: bytes([2]), or b'\\x02'.

Wrong too: a secret among the arguments, where everybody on the machine can read it.
"""

import base64
import hashlib
import hmac
import os
import sys


def smtp_password(secret, version="\0x2"):
    mac = hmac.new(secret, b"SendRawEmail", hashlib.sha256).digest()
    return base64.b64encode(version.encode() + mac).decode()


def main():
    secret = os.fsencode(sys.argv[1])
    if not secret:
        print("the secret is empty", file=sys.stderr)
        sys.exit(2)
    print(smtp_password(secret))


if __name__ == "__main__":
    main()
