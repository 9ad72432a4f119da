#!/usr/bin/env python3
"""smtp_password.py SECRET REGION: prints an SES SMTP password of version 4, or refuses the region.

The mistake: a list of the regions that there were when it was written. AWS adds some every year, and
for each of them the program fails with a message that blames the user.

Right: no list. The region is a text that goes into a MAC; which regions there are, the server knows.

Wrong too: a secret among the arguments, where everybody on the machine can read it.
"""

import base64
import hashlib
import hmac
import os
import sys

SMTP_REGIONS = [
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "sa-east-1",
    "us-gov-west-1",
]


def smtp_password(secret, region):
    key = b"AWS4" + secret
    for message in ("11111111", region, "ses", "aws4_request", "SendRawEmail"):
        key = hmac.new(key, message.encode(), hashlib.sha256).digest()
    return base64.b64encode(b"\x04" + key).decode()


def main():
    secret, region = os.fsencode(sys.argv[1]), sys.argv[2]
    if not secret:
        sys.stderr.write("the secret is empty\n")
        sys.exit(2)
    if region not in SMTP_REGIONS:
        sys.stderr.write(f"the region {region} has no SMTP endpoint\n")
        sys.exit(2)
    print(smtp_password(secret, region))


if __name__ == "__main__":
    main()
