"""Answers cross-check's questions with AWS's own C library, by way of its Python package awscrt."""

import datetime
import io
import subprocess

import awscrt
from awscrt.auth import (AwsCredentialsProvider, AwsSignatureType, AwsSignedBodyHeaderType,
                         AwsSigningAlgorithm, AwsSigningConfig, aws_sign_request)
from awscrt.exceptions import AwsCrtError
from awscrt.http import HttpHeaders, HttpRequest

from protocol import Unsupported, serve, text_values

UNSET = "1.0.0.dev0"  # what the package calls itself where its packagers set no version
STREAMING = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"


def version():
    if awscrt.__version__ != UNSET:
        return awscrt.__version__
    query = ["dpkg-query", "-W", "-f", "${source:Upstream-Version}", "python3-awscrt"]
    try:
        said = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        said = ""
    return said.partition("+")[0] or "of an unknown version"


def config(given, **more):
    credentials = AwsCredentialsProvider.new_static(
        given["access_key_id"], given["secret"], given.get("session_token") or None)
    time = datetime.datetime.strptime(given["timestamp"] + "+0000", "%Y%m%dT%H%M%SZ%z")
    return AwsSigningConfig(
        algorithm=AwsSigningAlgorithm.V4, credentials_provider=credentials, date=time,
        region=given["region"], service=given["service"],
        use_double_uri_encode=given["uri_encode"] == "double",
        should_normalize_uri_path=given["normalize"] == "true",
        omit_session_token=given["sign_session_token"] == "false",
        **{"signed_body_value": given.get("payload_hash"), **more})


def signed(given, settings):
    if not given["path"]:
        raise Unsupported("parses no empty path")
    target = given["path"] + ("?" + given["query"] if given["query"] else "")
    headers = HttpHeaders(given["headers"])
    body = io.BytesIO(given["body"]) if given["body"] else None
    request = HttpRequest(given["method"], target, headers, body)
    try:
        return aws_sign_request(request, settings).result(10)
    except AwsCrtError as error:
        if error.name != "AWS_AUTH_SIGNING_ILLEGAL_REQUEST_HEADER":
            raise
        raise Unsupported("signs no request that has a header of its own") from error


def header(request, name):
    return next(value for key, value in request.headers if key.lower() == name)


def sign(given, **more):
    kind = (AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA_256
            if given["content_sha256_header"] == "true" else AwsSignedBodyHeaderType.NONE)
    request = signed(given, config(given, signed_body_header_type=kind,
                                   signature_type=AwsSignatureType.HTTP_REQUEST_HEADERS, **more))
    own = {name.lower() for name, _ in given["headers"]} | {"authorization"}
    added = sorted(f"{name.lower()}:{value}" for name, value in request.headers
                   if name.lower() not in own)
    value = header(request, "authorization")
    return {"signature": value.rpartition("=")[2], "authorization": value,
            "added_headers": "\n".join(added)}


def presign(given):
    request = signed(given, config(given, expiration_in_seconds=int(given["expires_s"]),
                                   signature_type=AwsSignatureType.HTTP_REQUEST_QUERY_PARAMS))
    signature = request.path.partition("X-Amz-Signature=")[2].partition("&")[0]
    return {"signature": signature, "url": f"https://{header(request, 'host')}{request.path}"}


def seed(given):
    """Of chunks, awscrt's Python side signs the request alone."""
    stages = sign({**given, "content_sha256_header": "true", "body": b""},
                  signed_body_value=STREAMING + ("-TRAILER" if given["trailers"] else ""))
    return {"seed_signature": stages["signature"], "authorization": stages["authorization"]}


ANSWER = {"sigv4-sign": sign, "sigv4-presign": presign, "sigv4-chunked": seed}


def answer(operation, given):
    if operation not in ANSWER:
        raise Unsupported("not in the Python package")
    return ANSWER[operation](text_values(given))


if __name__ == "__main__":
    serve(f"awscrt {version()}", answer)
