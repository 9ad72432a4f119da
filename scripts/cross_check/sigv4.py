"""Signature Version 4 with every stage a value, written from AWS's documentation alone.

Sources: "Create a signed AWS API request" (AWS IAM User Guide); "Authenticating Requests" (Amazon
S3 API Reference): headers, query parameters, chunks, trailing headers and POST; "event stream
encoding" (Amazon Transcribe Developer Guide). All inputs are bytes, as protocol.py reads them.
"""

import base64
import datetime
import hashlib
import hmac
import re
import struct

from protocol import Refused

ALGORITHM = b"AWS4-HMAC-SHA256"
STREAMING = b"STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LONGEST_S = 604800


def sha256(data):
    return hashlib.sha256(data).hexdigest().encode()


def mac(key, message):
    return hmac.digest(key, message, "sha256")


# Canonical request


def encode(data, keep=UNRESERVED):
    return b"".join(bytes([byte]) if byte in keep else b"%%%02X" % byte for byte in data)


def decode(text):
    if re.search(rb"%(?![0-9A-Fa-f]{2})", text):
        raise Refused("a percent sign without two hex digits")
    return re.sub(rb"%(..)", lambda match: bytes.fromhex(match[1].decode()), text)


def remove_dots(path):
    """Resolves `.`, `..` and empty segments; a slash at the end stays."""
    kept = []
    for segment in path.split(b"/"):
        if segment == b"..":
            del kept[-1:]
        elif segment not in (b"", b"."):
            kept.append(segment)
    return b"/" + b"/".join(kept) + (b"/" if kept and path.endswith(b"/") else b"")


def canonical_path(path, uri_encode, normalize):
    path = path or b"/"
    if not path.startswith(b"/"):
        raise Refused("a path without a slash at its beginning")
    decode(path)
    if normalize:
        path = remove_dots(path)
    once = (segment if uri_encode == b"double" else decode(segment) for segment in path.split(b"/"))
    return b"/".join(map(encode, once))


def split_query(query):
    """The decoded names and values; a raw plus is a plus."""
    pairs = (pair.partition(b"=") for pair in query.split(b"&") if pair)
    return [(decode(name), decode(value)) for name, _, value in pairs]


def canonical_query(pairs):
    encoded = sorted((encode(name), encode(value)) for name, value in pairs)
    return b"&".join(name + b"=" + value for name, value in encoded)


def canonical_value(value):
    return b" ".join(re.split(rb"[ \t\r\n]+", value.strip(b" \t\r\n")))


def join_headers(headers):
    """Canonical values by name."""
    joined = {}
    for name, value in headers:
        if not TOKEN.fullmatch(name):
            raise Refused("a header name that is no token")
        unfolded = re.sub(rb"\r?\n[ \t]", b"  ", value)
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", unfolded):
            raise Refused("a control character in a header")
        joined.setdefault(name.lower(), []).append(canonical_value(value))
    return {name: b",".join(joined[name]) for name in sorted(joined)}


def header_lines(joined):
    return b"".join(name + b":" + value + b"\n" for name, value in joined.items())


def signed_names(joined):
    return b";".join(joined)


def canonical_request(method, path, query, joined, payload_hash):
    lines = [method, path, query, header_lines(joined), signed_names(joined), payload_hash]
    return b"\n".join(lines)


# String to sign and signature


def scope(given):
    date = given["timestamp"][:8]
    return b"/".join([date, given["region"], given["service"], b"aws4_request"])


def signing_key(given):
    key = b"AWS4" + given["secret"]
    for message in (given["timestamp"][:8], given["region"], given["service"], b"aws4_request"):
        key = mac(key, message)
    return key


def string_to_sign(given, request):
    return b"\n".join([ALGORITHM, given["timestamp"], scope(given), sha256(request)])


def sign_text(given, text):
    return mac(signing_key(given), text).hex().encode()


def credential(given):
    return given["access_key_id"] + b"/" + scope(given)


def authorization(given, names, signature):
    fields = (b"Credential=" + credential(given), b"SignedHeaders=" + names,
              b"Signature=" + signature)
    return ALGORITHM + b" " + b", ".join(fields)


# Operations


def check_scope(given, names=("secret", "region", "service")):
    for name in names:
        if not given[name]:
            raise Refused(f"{name} is empty")
    for name in ("access_key_id", "region", "service"):
        if re.search(rb"[\x00-\x20\x7f/,]", given.get(name, b"")):
            raise Refused(f"{name} has what ends a field of the credential")
    if not re.fullmatch(rb"\d{8}T\d{6}Z", given["timestamp"]):
        raise Refused("no timestamp")
    digits = given["timestamp"].decode()
    try:
        datetime.datetime.strptime(digits, "%Y%m%dT%H%M%SZ").replace(second=int(digits[13:15]))
    except ValueError as error:
        raise Refused(str(error)) from error


def values_of(headers, wanted):
    return [value.strip(b" \t") for name, value in headers if name.lower() == wanted]


def check_request(given):
    check_scope(given, ("method", "access_key_id", "secret", "region", "service"))
    headers = given["headers"]
    if len(values_of(headers, b"host")) != 1:
        raise Refused("not one Host")
    if values_of(headers, b"authorization"):
        raise Refused("signed already")
    token = given.get("session_token", b"")
    said = {b"x-amz-date": given["timestamp"], b"x-amz-security-token": token}
    if "payload_hash" in given:
        said[b"x-amz-content-sha256"] = given["payload_hash"]
    for name, meant in said.items():
        if any(value != meant for value in values_of(headers, name)):
            raise Refused(f"{name.decode()} says something else")


def payload_hash(given):
    if "payload_hash" in given:
        return given["payload_hash"]
    return (values_of(given["headers"], b"x-amz-content-sha256") or [sha256(given["body"])])[0]


def finish(given, query, joined):
    path = canonical_path(given["path"], given["uri_encode"], given["normalize"] == b"true")
    request = canonical_request(given["method"], path, query, joined, payload_hash(given))
    text = string_to_sign(given, request)
    return request, text, sign_text(given, text)


def headers_to_add(given):
    token = given.get("session_token")
    headers = [(b"x-amz-date", given["timestamp"])]
    if given.get("content_sha256_header") == b"true":
        headers.append((b"x-amz-content-sha256", payload_hash(given)))
    if token:
        headers.append((b"x-amz-security-token", token))
    return sorted(header for header in headers if not values_of(given["headers"], header[0]))


def sign(given):
    check_request(given)
    added = headers_to_add(given)
    joined = join_headers(given["headers"] + added)
    if given["sign_session_token"] == b"false":
        joined.pop(b"x-amz-security-token", None)
    query = canonical_query(split_query(given["query"]))
    request, text, signature = finish(given, query, joined)
    return {
        "canonical_request": request,
        "string_to_sign": text,
        "signature": signature,
        "added_headers": b"\n".join(name + b":" + value for name, value in added),
        "authorization": authorization(given, signed_names(joined), signature),
    }


def presign_parameters(given, names):
    parameters = [
        (b"X-Amz-Algorithm", ALGORITHM),
        (b"X-Amz-Credential", credential(given)),
        (b"X-Amz-Date", given["timestamp"]),
        (b"X-Amz-Expires", given["expires_s"]),
        (b"X-Amz-SignedHeaders", names),
    ]
    if given.get("session_token") and given["sign_session_token"] == b"true":
        parameters.append((b"X-Amz-Security-Token", given["session_token"]))
    return parameters


def presign(given):
    check_request(given)
    if values_of(given["headers"], b"x-amz-date"):
        raise Refused("X-Amz-Date belongs into the query")
    if given.get("session_token") and values_of(given["headers"], b"x-amz-security-token"):
        raise Refused("the session token belongs into the query")
    if not 1 <= int(given["expires_s"]) <= LONGEST_S:
        raise Refused("no URL lives so long")
    joined = join_headers(given["headers"])
    pairs = split_query(given["query"])
    parameters = presign_parameters(given, signed_names(joined))
    own = {name for name, _ in parameters} | {b"X-Amz-Signature", b"X-Amz-Security-Token"}
    if any(name in own for name, _ in pairs):
        raise Refused("presigned already")
    query = canonical_query(pairs + parameters)
    request, text, signature = finish(given, query, joined)
    # What no URL holds is encoded; what the caller encoded stays as it is.
    path = encode(given["path"] or b"/", UNRESERVED + b"/%:@!$&'()*+,;=")
    url = b"https://" + joined[b"host"] + path + b"?" + query + b"&X-Amz-Signature=" + signature
    if given.get("session_token") and given["sign_session_token"] == b"false":
        url += b"&X-Amz-Security-Token=" + encode(given["session_token"])
    return {
        "canonical_request": request, "string_to_sign": text, "signature": signature, "url": url,
    }


def link_text(given, kind, *hashes):
    """The string to sign of what follows a signature: a chunk, a message, trailing headers."""
    parts = [ALGORITHM + kind, given["timestamp"], scope(given), given["prior_signature"]]
    return b"\n".join([*parts, *hashes])


def check_link(given):
    check_scope(given)
    if not re.fullmatch(rb"[0-9a-f]{64}", given["prior_signature"]):
        raise Refused("no prior signature")


def sign_trailer(given):
    check_link(given)
    if not given["trailers"]:
        raise Refused("no trailing headers")
    text = link_text(given, b"-TRAILER", sha256(header_lines(join_headers(given["trailers"]))))
    return {"string_to_sign": text, "signature": sign_text(given, text)}


def date_header(timestamp):
    """The header `:date` of an event stream's message: a timestamp (type 8) in milliseconds."""
    time = datetime.datetime.strptime(timestamp.decode() + "+0000", "%Y%m%dT%H%M%SZ%z")
    return b"\x05:date\x08" + struct.pack(">q", int(time.timestamp()) * 1000)


def sign_event(given):
    check_link(given)
    hashes = sha256(date_header(given["timestamp"])), sha256(given["payload"])
    text = link_text(given, b"-PAYLOAD", *hashes)
    return {"string_to_sign": text, "signature": sign_text(given, text)}


def chunks_of(body, size):
    return [body[start:start + size] for start in range(0, len(body), size)] + [b""]


def wire_length(chunks):
    """Of chunks without trailing headers: hex size, `;chunk-signature=`, signature, two CRLF."""
    return sum(len(b"%x" % len(chunk)) + 17 + 64 + 2 + len(chunk) + 2 for chunk in chunks)


def sign_chunked(given):
    trailers, size = given["trailers"], int(given["chunk_bytes"])
    if size < 1:
        raise Refused("chunks of no bytes")
    chunks = chunks_of(given["body"], size)
    lengths = {b"x-amz-decoded-content-length": len(given["body"])}
    if not trailers:
        lengths[b"content-length"] = wire_length(chunks)
    for name, length in lengths.items():
        if any(value != b"%d" % length for value in values_of(given["headers"], name)):
            raise Refused(f"{name.decode()} is not true")
    sentinel = STREAMING + (b"-TRAILER" if trailers else b"")
    given = {**given, "payload_hash": sentinel, "content_sha256_header": b"true"}
    stages = sign(given)
    signatures = [stages["signature"]]
    for chunk in chunks:
        link = {**given, "prior_signature": signatures[-1]}
        text = link_text(link, b"-PAYLOAD", sha256(b""), sha256(chunk))
        signatures.append(sign_text(given, text))
    if trailers:
        signatures.append(sign_trailer({**given, "prior_signature": signatures[-1]})["signature"])
    return {
        "canonical_request": stages["canonical_request"],
        "string_to_sign": stages["string_to_sign"],
        "seed_signature": stages["signature"],
        "authorization": stages["authorization"],
        "chunk_signatures": b"\n".join(signatures[1:]),
    }


def sign_policy(given):
    check_scope(given, ("access_key_id", "secret", "region", "service", "policy"))
    text = base64.b64encode(given["policy"])
    signature = sign_text(given, text)
    return {"credential": credential(given), "string_to_sign": text, "signature": signature}


ANSWER = {
    "sigv4-sign": sign,
    "sigv4-presign": presign,
    "sigv4-chunked": sign_chunked,
    "sigv4-trailer": sign_trailer,
    "sigv4-event": sign_event,
    "sigv4-post-policy": sign_policy,
}
