"""Reads reports with parsers that are not ours: TAP with Perl's TAP::Parser and a YAML parser, CTRF
with a JSON Schema, Markdown with cmark-gfm, GitHub's own parser.

Usage: check_formats.py TESTDATA REPORTS_TEST

TESTDATA has the goldens. REPORTS_TEST is the program of the unit tests: it writes reports of random
bytes into the folder that SIGVET_WRITE_RANDOM_REPORTS names.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import jsonschema
import yaml

# Test::Harness as of 3.44 reads version 14 as 13, which it is a superset of, and says so.
TOO_NEW = re.compile(r"TAP specified version 14 but we don't know about versions later than 13")
READ_TAP = r"""
use strict; use warnings; use TAP::Parser; use JSON::PP;
open(my $file, '<:utf8', $ARGV[0]) or die; local $/; my $text = <$file>; $/ = "\n";
my $parser = TAP::Parser->new({tap => $text});
my (@tests, @yaml, @unknown);
while (my $result = $parser->next) {
  push @tests, {ok => $result->is_actual_ok ? 1 : 0, description => $result->description,
                directive => $result->directive, reason => $result->explanation} if $result->is_test;
  push @yaml, $result->data if $result->is_yaml;
  push @unknown, $result->raw if $result->is_unknown;
}
print JSON::PP->new->utf8->encode({
  planned => $parser->tests_planned, tests => \@tests, yaml => \@yaml, unknown => \@unknown,
  errors => [$parser->parse_errors], failed => scalar($parser->failed)});
"""
# What would act on GitHub. Code is exempt: GitHub leaves it alone.
ALIVE = re.compile(r"(^|[^\w`])@\w|#\d|\bGH-\d|:\w+:|://|\bwww\.", re.I)
LIMIT = 1024 * 1024
TOOLS = {".tap": ["perl"], ".md": ["cmark-gfm"]}
MISSING = [tool for tools in TOOLS.values() for tool in tools if not shutil.which(tool)]


class Failed(Exception):
    pass


def expect(condition, message):
    if not condition:
        raise Failed(message)


def unescape(text):
    return re.sub(r"\\([\\#])", r"\1", text)


def check_tap(path):
    done = subprocess.run(["perl", "-e", READ_TAP, path], capture_output=True, check=True)
    tap = json.loads(done.stdout)
    errors = [error for error in tap["errors"] if not TOO_NEW.fullmatch(error)]
    expect(not errors, errors)
    expect(not tap["unknown"], tap["unknown"])
    expect(int(tap["planned"]) == len(tap["tests"]), f"{tap['planned']} planned, {len(tap['tests'])} there")
    bad = [test for test in tap["tests"] if not test["ok"] and test["directive"] != "TODO"]
    expect(int(tap["failed"]) == len(bad), f"{tap['failed']} failed, {len(bad)} are bad")
    expect(len(tap["yaml"]) == len(bad), f"{len(bad)} failed, {len(tap['yaml'])} say why")
    blocks = re.findall(r"^  ---\n(.*?)^  \.\.\.$", path.read_text(), re.M | re.S)
    expect(len(blocks) == len(bad), f"{len(bad)} failed, {len(blocks)} say why")
    for theirs, block in zip(tap["yaml"], blocks):
        data = yaml.safe_load(re.sub(r"^  ", "", block, flags=re.M))
        expect("severity" in data, data)
        for key, value in theirs.items():
            other = data[key]
            if isinstance(value, dict):
                expect({k: str(v) for k, v in other.items()} == value, (value, other))
            elif key != "stderr":  # Perl's reader leaves \n as it is
                expect(str(other).rstrip() == value.rstrip(), (value, other))
    names = [unescape(test["description"]) for test in tap["tests"]]
    expect(len(set(names)) == len(names), "descriptions are not unique")


def check_ctrf(path, schema):
    report = json.loads(path.read_text())
    jsonschema.Draft7Validator(schema).validate(report)
    summary, tests = report["results"]["summary"], report["results"]["tests"]
    for status in ("passed", "failed", "skipped", "pending", "other"):
        expect(summary[status] == sum(test["status"] == status for test in tests), status)
    expect(summary["tests"] == len(tests), "tests")


def text_of(node, alive):
    """All text; what is outside of code is added to `alive`."""
    is_code = node.tag in ("code", "pre")
    for text in [node.text, *(child.tail for child in node)]:
        if text and not is_code:
            alive.append(text)
    for child in node:
        if child.tag not in ("code", "pre"):
            text_of(child, alive)


def check_markdown(path):
    text = path.read_text()
    expect(len(text.encode()) < LIMIT, "too long for GitHub")
    done = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough",
                           "-e", "tagfilter", "-e", "tasklist", "-t", "html", path], capture_output=True, check=True)
    html = done.stdout.decode().replace("<br>", "<br/>")
    root = ElementTree.fromstring("<html>" + html + "</html>")
    tags = {node.tag for node in root.iter()}
    ours = {"html", "h2", "h3", "h4", "p", "strong", "ul", "li", "code", "pre", "table", "thead", "tbody", "tr",
            "th", "td", "br", "details", "summary", "span"}
    expect(tags <= ours, f"markup from outside: {tags - ours}")
    alive = []
    text_of(root, alive)
    for part in alive:
        expect(not ALIVE.search(part), f"acts on GitHub: {part}")
    for table in root.iter("table"):
        widths = {len(row) for row in table.iter("tr")}
        expect(len(widths) == 1, f"a table has rows of {widths} cells")
    headings = [node.tag for node in root if node.tag in ("h2", "h3")]
    expect(headings.count("h2") == 1 and headings[0] == "h2", headings)


def write_random(program, folder):
    done = subprocess.run([program, "--gtest_filter=RandomReports.*"], capture_output=True, check=False,
                          env={**os.environ, "SIGVET_WRITE_RANDOM_REPORTS": str(folder)})
    expect(done.returncode == 0, done.stdout.decode())


def check_all(folder, schema, counts):
    checks = {".tap": check_tap, ".ctrf.json": lambda path: check_ctrf(path, schema), ".md": check_markdown}
    for suffix, check in checks.items():
        if any(tool in MISSING for tool in TOOLS.get(suffix, ())):
            continue
        for path in sorted(folder.glob("*" + suffix)):
            try:
                check(path)
            except (Failed, jsonschema.ValidationError, ElementTree.ParseError, yaml.YAMLError) as error:
                kept = pathlib.Path(tempfile.gettempdir()) / ("sigvet-bad-report" + suffix)
                shutil.copy(path, kept)
                sys.exit(f"{path.name} (kept as {kept}): {error}")
            counts[suffix] = counts.get(suffix, 0) + 1


def main(testdata, program):
    testdata = pathlib.Path(testdata)
    schema = json.loads((testdata / "ctrf.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    counts = {}
    check_all(testdata, schema, counts)
    with tempfile.TemporaryDirectory() as folder:
        write_random(program, folder)
        check_all(pathlib.Path(folder), schema, counts)
    if MISSING:
        print(f"missing, so that not every format was read: {', '.join(MISSING)}")
        sys.exit(1 if "CI" in os.environ else 77)
    if min(counts.get(suffix, 0) for suffix in (".tap", ".ctrf.json", ".md")) < 20:
        sys.exit(f"too few reports were read: {counts}")
    print(counts)


if __name__ == "__main__":
    main(*sys.argv[1:])
