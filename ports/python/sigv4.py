"""Signature Version 4 of a request: its Authorization header, or a presigned URL.

Every text is bytes, which sort, match and lower-case as ASCII; the time is always an input.
Sources: "Create a signed AWS API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon
S3 API Reference).
"""

import hashlib
import hmac
from datetime import datetime
from posixpath import normpath
from re import fullmatch  # $ would also match before a newline at the end
from urllib.parse import quote, unquote_to_bytes

ALGORITHM = b"AWS4-HMAC-SHA256"
DATE, TOKEN, HASH = b"x-amz-date", b"x-amz-security-token", b"x-amz-content-sha256"
HTTP_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # RFC 9110 section 5.6.2
HEADER_VALUE = rb"(?:[^\x00-\x08\x0a-\x1f\x7f]|\r?\n[ \t])*"  # lines may be folded, not broken
ESCAPED = rb"(?:[^%]|%[0-9A-Fa-f]{2})*"  # urllib passes bad percent escapes on as they are
NO_CONTROL = rb"[^\x00-\x1f\x7f]*"
OWN_NAMES = rb"algorithm|credential|date|expires|security-token|signature|signedheaders"
FORMS = {
    "timestamp": rb"[0-9]{8}T[0-9]{6}Z",
    "method": HTTP_TOKEN,
    "path": rb"(?:/" + ESCAPED + rb")?",
    "query": ESCAPED,
    "host": rb"[^,]+",  # there is one, and not two joined
    "credential": rb"(?:[^\x00-\x20\x7f/,]+/){4}aws4_request",  # no field is empty or ends early
}


class Refused(Exception):
    """The input must not be signed. Not a ValueError, which Python raises for many a mistake."""


def require(holds, reason):
    if not holds:
        raise Refused(reason)


def check_forms(given, forms):
    for name, form in forms.items():
        valid = name not in given or fullmatch(form, given[name])
        require(valid, f"the {name} is missing or malformed")


def is_time(timestamp):
    try:
        return bool(datetime.strptime(timestamp.decode(), "%Y%m%dT%H%M%SZ"))
    except ValueError:
        return False


def sha256_hex(data):
    return hashlib.sha256(data).hexdigest().encode()


def encode(data):
    return quote(data, safe="").encode()  # leaves RFC 3986's unreserved characters, no others


def canonical_path(request):
    path = request["path"]
    if request["normalize"]:  # normpath leaves two slashes in front, not three; none at the end
        clean = normpath(b"//" + path)
        path = clean + b"/" if path.endswith(b"/") and clean != b"/" else clean
    segments = path.split(b"/")
    if request["uri_encode"] == b"single":  # by segment: an encoded slash separates nothing
        segments = map(unquote_to_bytes, segments)
    return b"/".join(map(encode, segments))


def parse_query(query):
    """Not parse_qsl, which takes a plus for a blank."""
    pairs = (pair.partition(b"=") for pair in query.split(b"&") if pair)
    return [(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in pairs]


def canonical_query(pairs):
    """Sorted once encoded, by name before value: the = of `a=1` does not count beside `a-=1`."""
    encoded = sorted((encode(name), encode(value)) for name, value in pairs)
    return b"&".join(name + b"=" + value for name, value in encoded)


def join_headers(pairs):
    """Trimmed values by name; those of a repeated name in the order given, not sorted."""
    joined = {}
    for name, value in pairs:
        require(fullmatch(HTTP_TOKEN, name), "a header's name is no token")
        require(fullmatch(HEADER_VALUE, value), "a header has a control character")
        joined.setdefault(name.lower(), []).append(b" ".join(value.split()))
    return {name: b",".join(values) for name, values in joined.items()}


def checked(given):
    """The input with its headers joined, those that the signer sets, and its credential."""
    headers = join_headers(given["headers"])
    scope = [given["timestamp"][:8], given["region"], given["service"], b"aws4_request"]
    payload_hash = given.get("payload_hash") or headers.get(HASH) or sha256_hex(given["body"])
    own = {DATE: given["timestamp"], TOKEN: given.get("session_token"), HASH: payload_hash}
    request = given | {
        "path": given["path"] or b"/",
        "headers": headers,
        "host": headers.get(b"host", b""),
        "own": {name: value for name, value in own.items() if value},
        "scope": b"/".join(scope),
        "credential": b"/".join([given["access_key_id"], *scope]),
    }
    check_forms(request, FORMS)
    require(is_time(given["timestamp"]), "the timestamp is no time")
    require(b"authorization" not in headers, "there is an Authorization header already")
    for name, value in request["own"].items():
        require(fullmatch(NO_CONTROL, value), f"the {name.decode()} has a control character")
        require(headers.get(name, value) == value, f"the header {name.decode()} says something else")
    return request


def signed_headers(request, headers):
    omitted = () if request["sign_session_token"] else (TOKEN,)
    return {name: headers[name] for name in sorted(headers) if name not in omitted}


def signature_stages(request, key, headers, query):
    lines = b"".join(name + b":" + value + b"\n" for name, value in headers.items())
    canonical = [request["method"], canonical_path(request), query, lines, b";".join(headers)]
    canonical_request = b"\n".join([*canonical, request["own"][HASH]])
    digest = sha256_hex(canonical_request)
    text = b"\n".join([ALGORITHM, request["timestamp"], request["scope"], digest])
    signature = hmac.digest(key, text, "sha256").hex().encode()
    return {"canonical_request": canonical_request, "string_to_sign": text, "signature": signature}


def sign(given, key):
    request = checked(given)
    added = dict(request["own"])
    if not request["content_sha256_header"]:
        del added[HASH]
    headers = signed_headers(request, added | request["headers"])
    query = canonical_query(parse_query(request["query"]))
    stages = signature_stages(request, key, headers, query)
    authorization = b"%b Credential=%b, SignedHeaders=%b, Signature=%b" % (
        ALGORITHM, request["credential"], b";".join(headers), stages["signature"])
    return {**stages, "authorization": authorization}


def presign(given, key):
    request = checked(given)
    headers, own = request["headers"], request["own"]
    pairs, unsigned = parse_query(request["query"]), []
    require(1 <= request["expires_s"] <= 604800, "a URL lives from one second to a week")
    require(headers.keys() & own.keys() <= {HASH}, "a URL has its date and token in the query")
    is_presigned = any(fullmatch(rb"(?i)x-amz-(" + OWN_NAMES + rb")", name) for name, _ in pairs)
    require(not is_presigned, "it is presigned already")
    headers = signed_headers(request, headers)
    pairs += [
        (b"X-Amz-Algorithm", ALGORITHM),
        (b"X-Amz-Credential", request["credential"]),
        (b"X-Amz-Date", request["timestamp"]),
        (b"X-Amz-Expires", b"%d" % request["expires_s"]),
        (b"X-Amz-SignedHeaders", b";".join(headers)),
    ]
    if TOKEN in own:
        signed_or_not = pairs if request["sign_session_token"] else unsigned
        signed_or_not.append((b"X-Amz-Security-Token", own[TOKEN]))
    query = canonical_query(pairs)
    stages = signature_stages(request, key, headers, query)
    unsigned.append((b"X-Amz-Signature", stages["signature"]))
    path = quote(request["path"], safe="%/!$&'()*+,;=:@").encode()  # escapes stay as given
    url = b"https://%b%b?%b&%b" % (request["host"], path, query, canonical_query(unsigned))
    return {**stages, "url": url}
