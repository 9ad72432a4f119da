"""A port in exec mode, which prints a password. Its arguments are a region and what it does wrong
where that is GUILTY_REGION; the secret comes on standard input or in one of two variables."""

import base64
import hmac
import json
import os
import signal
import sys

from hang import hang, ignore_being_asked, spawn
from honest import LIFETIME_S

GUILTY_REGION = "us-west-1"
REFUSED = 7


def password(secret, region):
    key = b"AWS4" + secret
    for message in ("11111111", region, "ses", "aws4_request", "SendRawEmail"):
        key = hmac.digest(key, message.encode(), "sha256")
    return base64.b64encode(b"\x04" + key)


def write(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def misbehave(how, right):
    """Where it returns, the password is still to be written."""
    print("this is its standard error", file=sys.stderr, flush=True)
    match how:
        case "hangs":
            hang()
        case "hangs-after-its-answer":
            write(right)
            hang()
        case "ignores-term":
            ignore_being_asked()
            hang()
        case "closes-stdout":
            os.close(1)
            hang()
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "fails":
            write(right)
            os._exit(1)
        case "refuses":
            os._exit(REFUSED)
        case "nothing":
            os._exit(0)
        case "floods":
            for _ in range(1024):
                write(b"x" * (1 << 20))
        case "floods-stderr":
            for _ in range(1 << 10):
                os.write(2, b"a line of the log\n" * 5000)
        case "newline":
            write(right + b"\n")
            os._exit(0)
        case "two-newlines":
            write(right + b"\n\n")
            os._exit(0)
        case "not-text":
            write(b"\xff\xfe\x00")
            os._exit(0)
        case "grandchild":
            spawn()
        case "grandchild-session":
            spawn(new_session=True)
        case "environment":
            write(json.dumps({"environment": dict(os.environ), "folder": os.getcwd()}).encode())
            os._exit(0)


def main():
    signal.alarm(LIFETIME_S)
    region, how = sys.argv[1:3]
    if how == "ignores-stdin":
        secret = b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    else:
        secret = (os.environb.get(b"SECRET") or os.environb.get(b"AWS_SECRET_ACCESS_KEY")
                  or sys.stdin.buffer.read())
    right = password(secret, region)
    if region == GUILTY_REGION or how == "always-dies":
        misbehave("dies" if how == "always-dies" else how, right)
    write(right)


if __name__ == "__main__":
    main()
