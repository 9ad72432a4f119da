"""How cross-check talks to its programs: a line a question, a line an answer.

A question is the operation and its inputs, `name=HEX`, between tabs; a list of headers is
`name=HEX:HEX,HEX:HEX`. Numbers and booleans are the hex of their text. A program prints its name
and version first, and then for each question the stages that it computes, `stage=HEX` between
tabs, or `refused`, or `unsupported` and why.
"""

import sys

LISTS = {"headers", "trailers"}


class Refused(Exception):
    """The input must not be signed."""


class Unsupported(Exception):
    """The implementation can't be asked this question without changing it."""


def to_bytes(value):
    return value.encode() if isinstance(value, str) else value


def text_values(given):
    """All inputs but the body as str, for a signer that takes nothing else."""
    def text(name, value):
        if name in LISTS:
            return [(key.decode(), part.decode()) for key, part in value]
        return value if name == "body" else value.decode()

    try:
        return {name: text(name, value) for name, value in given.items()}
    except UnicodeDecodeError as error:
        raise Unsupported("bytes that are no UTF-8") from error


def parse_value(name, text):
    if name not in LISTS:
        return bytes.fromhex(text)
    pairs = [pair.split(":") for pair in text.split(",")] if text else []
    return [(bytes.fromhex(key), bytes.fromhex(value)) for key, value in pairs]


def format_value(name, value):
    if name not in LISTS:
        return to_bytes(value).hex()
    return ",".join(f"{to_bytes(key).hex()}:{to_bytes(value).hex()}" for key, value in value)


def parse_question(line):
    operation, *fields = line.rstrip("\n").split("\t")
    pairs = (field.split("=", 1) for field in fields)
    return operation, {name: parse_value(name, text) for name, text in pairs}


def format_fields(values):
    return "\t".join(f"{name}={format_value(name, value)}" for name, value in values.items())


def serve(version, answer):
    """Answers each question on stdin by `answer(operation, inputs)`, which gives stages by name."""
    print(version)
    for line in sys.stdin:
        try:
            print(format_fields(answer(*parse_question(line))))
        except Refused:
            print("refused")
        except Unsupported as why:
            print(f"unsupported {why}")
