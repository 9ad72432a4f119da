#!/usr/bin/python3
"""Hold every file of vectors/ to vectors/schema.json and to what a schema can't say.

Prints one line per problem and exits 1 if there is any. The folder may be given; its default is the
vectors/ of this tree.
"""

import json
import pathlib
import re
import sys
from collections import Counter

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLAIN = re.compile(r"0|-?[1-9][0-9]*|true|false")
OTHER_FILES = {"README.md", "schema.json"}
# The corpus is worth little if it shrinks unnoticed: cases per family.
AT_LEAST = {"ses": 150, "primitives": 60, "sigv4": 240}


def event_problems(text):
    """What is not the format's YAML: strings without quotes, anchors, tags, repeated keys."""
    path = []  # per open collection: its keys so far (a mapping), or None (a sequence)
    at_key = []  # per open collection: whether a key comes next, where it is a mapping
    for event in yaml.parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            if event.tags or event.version not in (None, (1, 2)):
                yield line, "a directive other than %YAML 1.2"
            continue
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield line, "an anchor or alias"
        if getattr(event, "tag", None):
            yield line, f"a tag, {event.tag}"
        if isinstance(event, yaml.CollectionEndEvent):
            path.pop()
            at_key.pop()
        is_key = bool(path) and path[-1] is not None and at_key[-1]
        if isinstance(event, yaml.ScalarEvent):
            if is_key and event.style is not None:
                yield line, f"a quoted key, {event.value}"
            if is_key and event.value in path[-1]:
                yield line, f"a repeated key, {event.value}"
            if not is_key and event.style is None and not PLAIN.fullmatch(event.value):
                yield line, f"a string without quotes, {event.value!r}"
            if is_key:
                path[-1].add(event.value)
        if path and path[-1] is not None and isinstance(event, yaml.NodeEvent):
            at_key[-1] = not at_key[-1]
        if isinstance(event, yaml.CollectionStartEvent):
            path.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
            at_key.append(True)


def order_problems(document, suite):
    if next(iter(document)) != "sigvet":
        yield "sigvet must be the first key"
    if document["suite"] != suite:
        yield f'suite is "{document["suite"]}", its path says "{suite}"'
    for what in ("id", "why"):
        count = Counter(case[what] for case in document["cases"])
        for value in (value for value, times in count.items() if times > 1):
            yield f'{what} "{value}" occurs {count[value]} times'
    inputs = Counter(json.dumps([case["operation"], case["input"]]) for case in document["cases"])
    for case in document["cases"]:
        if inputs[json.dumps([case["operation"], case["input"]])] > 1:
            yield f'case "{case["id"]}" has the input of another case'
        if len(f'{suite}/{case["id"]}') > 100:
            yield f'case "{case["id"]}": the full id is longer than 100 characters'


def contested_problems(document):
    """What a schema can't say of contested cases; a run leaves them out by the name of their suite."""
    for case in document["cases"]:
        provenance = case["provenance"]
        contested = provenance["kind"] == "contested"
        if contested != ("contested" in document["suite"].split("/")):
            yield f'case "{case["id"]}": contested cases, and no others, stand in a suite named contested'
        if not contested:
            continue
        observed = [one["signature"] for one in provenance["observed"]]
        stages = case.get("compute") or case.get("either")
        own = stages.get("signature") or stages.get("seed_signature")
        if own not in observed:
            yield f'case "{case["id"]}": nobody was observed to give its signature'
        if len(set(observed)) < len(observed):
            yield f'case "{case["id"]}": the same signature is observed twice'
        names = Counter(name for one in provenance["observed"] for name in one["by"])
        for name in (name for name, times in names.items() if times > 1):
            yield f'case "{case["id"]}": {name} gives two signatures'


def schema_problem(error, document):
    path = list(error.absolute_path)
    if path[:1] == ["cases"] and len(path) > 1:
        case = document["cases"][path[1]]
        path[:2] = [case.get("id", f"case {path[1] + 1}") if isinstance(case, dict) else path[1]]
    if error.validator == "oneOf" and path[1:] == []:
        message = "exactly one of compute, refuse and either is wanted"
    else:
        best = jsonschema.exceptions.best_match(error.context) if error.context else None
        message = (best or error).message
    return f"{'/'.join(map(str, path)) or 'file'}: {message}"[:300]


def check_file(path, suite, validator):
    """The problems of one file, and its document where that can be counted."""
    text = path.read_text(encoding="utf-8")
    try:
        problems = [f"{line}: {what}" for line, what in event_problems(text)]
        document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        return [" ".join(str(error).split())], None
    if problems:
        return problems, None
    problems = [schema_problem(error, document) for error in validator.iter_errors(document)]
    if problems:
        return problems, None
    return [*order_problems(document, suite), *contested_problems(document)], document


def make_validator(folder=ROOT / "vectors"):
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "vectors")
    validator = make_validator(folder)
    problems, count = [], Counter()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder)
        if path.suffix != ".yaml":
            if str(name) not in OTHER_FILES:
                problems.append(f"{name}: not a YAML file")
            continue
        found, document = check_file(path, str(name.with_suffix("")), validator)
        problems += [f"{name}: {problem}" for problem in found]
        if document:
            if document.get("synthetic") is not True:
                problems.append(f"{name}: its secrets must be made up or published, and it must say so: synthetic: true")
            count[name.parts[0]] += len(document["cases"])

    for family, least in AT_LEAST.items():
        if count[family] < least:
            problems.append(f"{family}: {count[family]} cases, at least {least} are wanted")
    for problem in problems:
        print(problem)
    print(", ".join(f"{number} {family} cases" for family, number in sorted(count.items())),
          f"- {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
