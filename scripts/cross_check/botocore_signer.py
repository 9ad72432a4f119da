"""Answers cross-check's questions with botocore's signers, under a clock that stands still."""

import base64
import datetime
import hashlib
import types

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from protocol import Unsupported, serve, text_values

FORM = "%Y%m%dT%H%M%SZ"


def stop_clock(timestamp):
    time = datetime.datetime.strptime(timestamp, FORM)
    frozen = type("Frozen", (datetime.datetime,), {"utcnow": classmethod(lambda _: time)})
    botocore.auth.datetime = types.SimpleNamespace(datetime=frozen)


def is_normal(path):
    """Whether resolving dots and slashes would change nothing."""
    return path in ("", "/") or not {"", ".", ".."} & set(path[1:].removesuffix("/").split("/"))


def is_s3(given):
    """Which of botocore's two ways with a path is asked for."""
    if given["uri_encode"] == "single":
        if given["normalize"] == "true" and not is_normal(given["path"]):
            raise Unsupported("normalises no path that it encodes once")
        return True
    if given["normalize"] == "false" and not is_normal(given["path"]):
        raise Unsupported("normalises each path that it encodes twice")
    return False


def credentials(given):
    # An unsigned token is added by the caller, after signing.
    token = given["sign_session_token"] == "true" and given.get("session_token")
    return Credentials(given["access_key_id"], given["secret"], token or None)


def request_of(given):
    names = [name.lower() for name, _ in given["headers"]]
    if "date" in names:
        raise Unsupported("takes the header Date for the time of signing")
    host = given["headers"][names.index("host")][1].strip()
    url = f"https://{host}{given['path']}" + ("?" + given["query"] if given["query"] else "")
    request = AWSRequest(method=given["method"], url=url, data=given["body"])
    for name, value in given["headers"]:
        request.headers[name] = value  # appends: the type keeps repeated names
    return request


def payload_settings(given, request, s3):
    """Says which payload hash is meant, in botocore's way, which is another for S3."""
    meant = given.get("payload_hash")
    set_by_caller = "X-Amz-Content-Sha256" in request.headers
    if s3:
        if given["content_sha256_header"] == "false" and not set_by_caller:
            raise Unsupported("always sends X-Amz-Content-Sha256 to S3")
        meant = meant or (set_by_caller and request.headers["X-Amz-Content-Sha256"])
        if meant == "UNSIGNED-PAYLOAD":
            unsigned = Config(s3={"payload_signing_enabled": False})
            request.context["client_config"] = unsigned
        elif meant and meant != hashlib.sha256(given["body"]).hexdigest():
            raise Unsupported("hashes the payload itself")
    elif given["content_sha256_header"] == "true" and not set_by_caller:
        digest = hashlib.sha256(given["body"]).hexdigest()
        request.headers["X-Amz-Content-Sha256"] = meant or digest
    elif meant and not set_by_caller:
        raise Unsupported("takes a payload hash from X-Amz-Content-Sha256 alone")


def stages_of(signer, request):
    """The stages of a signed request, which carries its signature already."""
    del request.headers["Authorization"]
    canonical_request = signer.canonical_request(request)
    text = signer.string_to_sign(request, canonical_request)
    return {"canonical_request": canonical_request, "string_to_sign": text}


def sign(given):
    request, s3 = request_of(given), is_s3(given)
    payload_settings(given, request, s3)
    kind = botocore.auth.S3SigV4Auth if s3 else botocore.auth.SigV4Auth
    signer = kind(credentials(given), given["service"], given["region"])
    signer.add_auth(request)
    value = request.headers["Authorization"]
    return {**stages_of(signer, request), "signature": value.rpartition("=")[2],
            "authorization": value}


def presign(given):
    names = [pair.partition("=")[0] for pair in given["query"].split("&")]
    if len(set(names)) < len(names):
        raise Unsupported("keeps one value of a repeated parameter of a URL")
    if given["body"]:
        raise Unsupported("moves the body into the query")
    request, s3 = request_of(given), is_s3(given)
    meant = given.get("payload_hash")
    if (s3 and meant != "UNSIGNED-PAYLOAD") or (not s3 and meant):
        raise Unsupported("UNSIGNED-PAYLOAD for S3, and for nothing else")
    kind = botocore.auth.S3SigV4QueryAuth if s3 else botocore.auth.SigV4QueryAuth
    signer = kind(credentials(given), given["service"], given["region"],
                  expires=int(given["expires_s"]))
    signer.add_auth(request)
    stages = {"signature": request.url.rpartition("X-Amz-Signature=")[2], "url": request.url}
    if given["sign_session_token"] == "false":
        del stages["url"]  # an unsigned token is missing in it
    return stages


def sign_policy(given):
    """botocore writes a policy's JSON itself; its signature of a given one is a function apart."""
    secret = Credentials(given["access_key_id"].decode(), given["secret"].decode())
    signer = botocore.auth.S3SigV4PostAuth(
        secret, given["service"].decode(), given["region"].decode())
    request = types.SimpleNamespace(context={"timestamp": given["timestamp"].decode()})
    policy = base64.b64encode(given["policy"]).decode()
    return {"credential": signer.scope(request), "signature": signer.signature(policy, request)}


def sign_trailer(given):
    """botocore knows no trailing headers. Their canonical form, the scope and the signature are its
    own; only the five lines around them are put together here."""
    given = text_values(given)
    secret = Credentials("none", given["secret"])
    signer = botocore.auth.SigV4Auth(secret, given["service"], given["region"])
    request = AWSRequest(method="PUT", url="https://host/")
    request.context["timestamp"] = given["timestamp"]
    for name, value in given["trailers"]:
        request.headers[name] = value
    headers = signer.headers_to_sign(request)
    del headers["host"]  # which it adds
    lines = signer.canonical_headers(headers) + "\n"
    text = "\n".join(["AWS4-HMAC-SHA256-TRAILER", given["timestamp"],
                      signer.credential_scope(request), given["prior_signature"],
                      hashlib.sha256(lines.encode()).hexdigest()])
    return {"string_to_sign": text, "signature": signer.signature(text, request)}


def answer(operation, given):
    if operation == "sigv4-post-policy":
        return sign_policy(given)
    if operation == "sigv4-trailer":
        return sign_trailer(given)
    if operation not in ("sigv4-sign", "sigv4-presign"):
        raise Unsupported("not in botocore")
    given = text_values(given)
    stop_clock(given["timestamp"])
    return sign(given) if operation == "sigv4-sign" else presign(given)


if __name__ == "__main__":
    serve(f"botocore {botocore.__version__}", answer)
