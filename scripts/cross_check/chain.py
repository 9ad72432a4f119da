"""Whether the stages of a case of SigV4 follow from one another."""

import hashlib
import hmac
import re
from urllib.parse import unquote_to_bytes


def signature_of(inputs, text):
    key = b"AWS4" + inputs["secret"]
    for message in (inputs["timestamp"][:8], inputs["region"], inputs["service"], b"aws4_request"):
        key = hmac.digest(key, message, "sha256")
    return hmac.digest(key, text, "sha256").hex().encode()


def said(place, name):
    """The field or parameter `name` of an Authorization header or a URL."""
    found = re.search(rb"\b" + name + rb"=([^,& ]*)", place)
    return unquote_to_bytes(found[1]) if found else None


def broken_link(operation, inputs, stages):
    """The first stage that the stage before it contradicts, or None. All may be given or not."""
    scope = b"/".join(
        [inputs["timestamp"][:8], inputs["region"], inputs["service"], b"aws4_request"])
    text = stages.get("string_to_sign")
    request = stages.get("canonical_request")
    signature = stages.get("seed_signature") or stages.get("signature")
    if request and text:
        if text.rpartition(b"\n")[2] != hashlib.sha256(request).hexdigest().encode():
            return "string_to_sign does not end in the hash of canonical_request"
    if text and operation != "sigv4-post-policy" and scope not in text.split(b"\n"):
        return "string_to_sign has another scope"
    if text and signature and signature_of(inputs, text) != signature:
        return "signature is not the one of string_to_sign"
    place = stages.get("authorization") or stages.get("url")
    if not place:
        return None
    name = "authorization" if "authorization" in stages else "url"
    prefix = b"X-Amz-" if name == "url" else b""
    if signature and said(place, prefix + b"Signature") != signature:
        return f"{name} has another signature"
    if said(place, prefix + b"Credential") != inputs["access_key_id"] + b"/" + scope:
        return f"{name} has another credential"
    if request and said(place, prefix + b"SignedHeaders") != request.split(b"\n")[-2]:
        return f"{name} has other signed headers"
    return None
