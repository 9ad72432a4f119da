"""The corpus as cross-check sees it: questions, expectations, and what is wrong with an answer."""

import base64
import re
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

import yaml

import chain
from protocol import format_value, parse_value

SIGN = {
    "access_key_id": None, "secret": None, "session_token": "", "region": None, "service": None,
    "timestamp": None, "method": None, "path": None, "query": "", "headers": None, "body": "",
    "payload_hash": "", "uri_encode": "double", "normalize": True, "sign_session_token": True,
}
LINK = {name: None for name in ("secret", "region", "service", "timestamp", "prior_signature")}
# Inputs and what they are where a case leaves them out: None if it must not, "" if that is absence.
INPUTS = {
    "sha256": {"message": None},
    "hmac-sha256": {"key": None, "message": None},
    "base64-encode": {"bytes": None},
    "base64-decode": {"text": None},
    "ses-smtp-password-2": {"secret": None},
    "ses-smtp-password-4": {"secret": None, "region": None},
    "sigv4-signing-key": {"secret": None, "date": None, "region": None, "service": None},
    "sigv4-sign": {**SIGN, "content_sha256_header": False},
    "sigv4-presign": {**SIGN, "expires_s": None},
    "sigv4-chunked": {**SIGN, "chunk_bytes": None, "trailers": []},
    "sigv4-trailer": {**LINK, "trailers": None},
    "sigv4-event": {**LINK, "payload": None},
    "sigv4-post-policy": {"access_key_id": None, "secret": None, "region": None, "service": None,
                          "timestamp": None, "policy": None},
}
# The stage without which an answer does not count; elsewhere all stages are wanted.
DECISIVE = {
    "sigv4-sign": "signature", "sigv4-presign": "signature", "sigv4-chunked": "chunk_signatures",
    "sigv4-trailer": "signature", "sigv4-event": "signature", "sigv4-post-policy": "signature",
}
ABSENT_IF_EMPTY = {"session_token", "payload_hash"}
RAW = {"digest", "mac", "date_key", "region_key", "service_key", "terminal_key", "message_key",
       "signing_key"}  # stages that the corpus gives in hex, and the programs as bytes


def to_bytes(value):
    """The bytes that a string, or one of the format's mappings, stands for."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, list):
        return [(to_bytes(name), to_bytes(text)) for name, text in value]
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    if "base64" in value:
        return base64.b64decode(value["base64"], validate=True)
    return value["repeat"].encode() * value["count"]


def by_meaning(name, value):
    """What of a stage counts: `authorization` and `url` may be written in several ways."""
    if name == "authorization":
        algorithm, _, fields = value.partition(b" ")
        return algorithm, sorted(field.strip() for field in fields.split(b","))
    if name == "url":
        parts = urlsplit(value.decode())
        query = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
        path = [unquote_to_bytes(part) for part in (parts.path or "/").split("/")]
        return parts.scheme, parts.netloc, path, sorted(query)
    return value


def signed_names(stages):
    """The headers that an answer says it signed, or None where it does not say."""
    place = stages.get("authorization") or stages.get("url") or b""
    found = re.search(rb"SignedHeaders=([^,& ]*)", place)
    return set(unquote_to_bytes(found[1]).split(b";")) if found else None


class Case:
    """A case of the corpus."""

    def __init__(self, suite, case):
        self.id = f"{suite}/{case['id']}"
        self.suite = suite
        self.operation = case["operation"]
        given = dict(case["input"])
        if "version" in given:
            self.operation += f"-{given.pop('version')}"
        self.inputs = {name: to_bytes(given[name] if name in given else default)
                       for name, default in INPUTS[self.operation].items()}
        for name in ABSENT_IF_EMPTY & self.inputs.keys():
            if not self.inputs[name]:
                del self.inputs[name]
        fields = [f"{name}={format_value(name, value)}" for name, value in self.inputs.items()]
        self.question = "\t".join([self.operation, *fields])
        stages = case.get("compute", case.get("either"))
        self.expected = None if stages is None else {
            name: to_bytes(value) for name, value in stages.items()}
        provenance = case["provenance"]
        self.kind = provenance["kind"]
        self.agree = provenance.get("agree", [])
        self.observed = {name: one["signature"].encode()
                         for one in provenance.get("observed", []) for name in one["by"]}

    @property
    def is_request(self):
        return self.operation in DECISIVE

    @property
    def signature_stage(self):
        """The stage that `observed` is about."""
        return "seed_signature" if self.operation == "sigv4-chunked" else "signature"

    @property
    def is_rule(self):
        """Whether it is a refusal that is this project's rule: there is nothing to compute."""
        return self.expected is None and self.operation != "base64-decode"

    def read(self, answer):
        """The stages of an answer by name, or None where it is `refused`."""
        if answer == "refused":
            return None
        pairs = (field.split("=", 1) for field in answer.split("\t"))
        stages = {name: parse_value(name, text) for name, text in pairs}
        return {name: value.hex().encode() if name in RAW else value
                for name, value in stages.items()}

    def other_headers(self, answer):
        """The headers that only this answer signs, and those that only the case signs."""
        stages = {} if answer.startswith("unsupported ") else self.read(answer)
        if self.expected and stages:
            theirs, ours = signed_names(stages), signed_names(self.expected)
            if theirs and ours:
                return theirs - ours, ours - theirs
        return set(), set()

    def is_unsupported(self, answer):
        """Whether an answer is none to this question."""
        return answer.startswith("unsupported ") or any(self.other_headers(answer))

    def signature_in(self, answer):
        """The signature that an answer gives, or None."""
        return (self.read(answer) or {}).get(self.signature_stage)

    def decides(self, answer):
        """Whether an answer has what makes it count."""
        wanted = DECISIVE.get(self.operation)
        if wanted and self.kind == "contested":
            wanted = self.signature_stage
        return not wanted or wanted in (self.read(answer) or {})

    def problem(self, answer, signature=None):
        """What is wrong with an answer, or None; `signature` replaces the case's own."""
        stages = self.read(answer)
        if self.expected is None:
            return None if stages is None else "computes what the case refuses"
        if stages is None:
            return "refuses what the case computes"
        if signature:
            got = stages.get(self.signature_stage, b"")
            return None if got == signature else f"gives {got!r}, observed was {signature!r}"
        for name, wanted in self.expected.items():
            if name not in stages and self.is_request:
                continue  # a signer does not give away all of its stages
            got = stages.get(name)
            if got is None or by_meaning(name, got) != by_meaning(name, wanted):
                return f"{name} is {got!r}, the case says {wanted!r}"
        return None

    def broken_link(self):
        """Where the case's own stages do not follow from one another, or None."""
        if self.expected is None or not self.is_request:
            return None
        return chain.broken_link(self.operation, self.inputs, self.expected)


def load(folder):
    cases = []
    for path in sorted(folder.glob("*/*.yaml")):
        with path.open(encoding="utf-8") as file:
            document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        cases += [Case(document["suite"], case) for case in document["cases"]]
    return cases
