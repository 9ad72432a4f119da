"""Checks HTML reports with a parser that is not the one of a browser that forgives: every element is
closed where it must be, ids are unique and links lead to them, nothing asks for another file, the
policy names the hashes of what is there, headings and tables say what they are.

Usage: check_html.py FILE...
"""

import base64
import hashlib
import html.parser
import re
import sys

VOID = {"meta", "link", "br"}
HTML_TAGS = set(
    "html head meta title link style script body header nav main section article footer div p span a b strong h1 h2 h3"
    " h4 ul ol li dl dt dd table caption thead tbody tfoot tr th td pre code ins del mark small details summary time"
    " figure figcaption br".split())
SVG_TAGS = set("svg title desc g rect line path text tspan circle polygon polyline defs pattern".split())
ATTRIBUTES = set(
    "lang charset http-equiv content name rel href id class scope colspan rowspan aria-label aria-labelledby aria-hidden"
    " aria-describedby role open datetime viewbox width height x y x1 x2 y1 y2 dx dy cx cy r rx ry d points transform"
    " text-anchor dominant-baseline preserveaspectratio focusable xmlns fill fill-opacity stroke"
    " stroke-width stroke-opacity font-size font-weight patternunits patterntransform".split())
HEADINGS = {"h1", "h2", "h3", "h4"}


class Checker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.errors, self.open, self.ids, self.links = [], [], [], []
        self.headings, self.assets, self.policy, self.title, self.lang = [], [], "", "", None
        self.metas = set()
        self.captions = []

    def error(self, message):
        line, column = self.getpos()
        self.errors.append(f"{line}:{column + 1}: {message}")

    def handle_starttag(self, tag, attributes):
        known = HTML_TAGS | SVG_TAGS if "svg" in self.open or tag == "svg" else HTML_TAGS
        if tag not in known:
            self.error(f"<{tag}> is no element of a report")
        names = [name for name, _ in attributes]
        if len(set(names)) < len(names):
            self.error(f"<{tag}> has an attribute twice")
        values = dict(attributes)
        for name, value in attributes:
            self.check_attribute(tag, name, value or "")
        if tag == "html":
            self.lang = values.get("lang")
        if tag == "meta":
            self.metas.add(values.get("name") or values.get("http-equiv") or "charset")
            if values.get("http-equiv") == "Content-Security-Policy":
                self.policy = values["content"]
        if tag in HEADINGS:
            self.headings.append(tag)
        if tag == "table":
            self.captions.append(False)
        if tag == "caption" and self.captions:
            self.captions[-1] = True
        if tag == "th" and values.get("scope") not in ("row", "col"):
            self.error("a <th> says not what it is the head of")
        if tag in ("style", "script"):
            self.assets.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def check_attribute(self, tag, name, value):
        if name not in ATTRIBUTES:
            self.error(f"<{tag}> has the attribute {name}")
        if name == "id":
            self.ids.append(value)
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", value):
                self.error(f"the id {value!r}")
        if name == "href":
            if value.startswith("#"):
                self.links.append((value[1:], self.getpos()))
            elif not (tag == "link" and value.startswith("data:image/")):
                self.error(f"a link leads to {value!r}")
        if name in ("aria-labelledby", "aria-describedby"):
            self.links.extend((one, self.getpos()) for one in value.split())

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.error(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
            return
        self.open.pop()
        if tag == "table" and not self.captions.pop():
            self.error("a table has no caption")

    def handle_data(self, data):
        if self.open and self.open[-1] in ("style", "script"):
            tag, text = self.assets[-1]
            self.assets[-1] = (tag, text + data)
        elif "<" in data or ">" in data or "&" in data:
            self.error(f"unescaped: {data!r}")
        elif self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += data

    def handle_entityref(self, name):
        if name not in ("amp", "lt", "gt", "quot"):
            self.error(f"&{name};")

    def handle_charref(self, name):
        self.error(f"&#{name};")

    def handle_comment(self, data):
        self.error(f"a comment: {data!r}")

    def handle_pi(self, data):
        self.error(f"<?{data}>")

    def unknown_decl(self, data):
        self.error(f"<![{data}")

    def check_whole(self):
        if self.open:
            self.errors.append(f"not closed: {self.open}")
        for one in sorted(set(self.ids)):
            if self.ids.count(one) > 1:
                self.errors.append(f"the id {one} occurs {self.ids.count(one)} times")
        for target, (line, _) in self.links:
            if target not in self.ids:
                self.errors.append(f"{line}: nothing has the id {target!r}")
        if self.headings.count("h1") != 1 or self.headings[0] != "h1":
            self.errors.append(f"headings: {self.headings[:5]}")
        for before, after in zip(self.headings, self.headings[1:]):
            if int(after[1]) > int(before[1]) + 1:
                self.errors.append(f"an {after} follows an {before}")
        for name in ("charset", "viewport", "Content-Security-Policy"):
            if name not in self.metas:
                self.errors.append(f"no meta {name}")
        if not self.lang or not self.title.strip():
            self.errors.append("the page has no language or no title")
        self.check_policy()

    def check_policy(self):
        directives = dict(part.strip().split(" ", 1) for part in self.policy.split(";") if part.strip())
        if directives.get("default-src") != "'none'":
            self.errors.append(f"the policy is {self.policy!r}")
        for tag in ("style", "script"):
            allowed = directives.get(f"{tag}-src", "").split()
            there = ["'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
                     for name, text in self.assets if name == tag]
            if sorted(allowed) != sorted(there):
                self.errors.append(f"the policy allows of {tag} {allowed}, and there is {there}")
        for name, text in self.assets:
            if re.search(r"https?:|//[a-z]|@import|url\(|\beval\b|innerHTML", text.replace("http://www.w3.org/", "")):
                self.errors.append(f"the {name} asks for something else")


def check_file(path):
    with open(path, "rb") as file:
        data = file.read()
    text = data.decode("utf-8")
    errors = []
    if not text.startswith("<!DOCTYPE html>\n"):
        errors.append("no doctype")
    for match in re.finditer("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]", text):
        errors.append(f"the character {match[0]!r} at {match.start()}")
    checker = Checker()
    checker.feed(text)
    checker.close()
    checker.check_whole()
    return errors + checker.errors


def main(paths):
    failed = False
    for path in paths:
        for error in check_file(path):
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
