"""Checks JUnit files as a CI server reads them: well-formed, every (classname, name) once, every
count right, every failure with a message, and not empty.

Usage: check_junit.py FILE...
"""

import sys
import xml.etree.ElementTree as ElementTree

COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def check_counts(node, errors):
    tests = list(node.iter("testcase"))
    counts = {"tests": len(tests)}
    for attribute, element in COUNTED.items():
        counts[attribute] = sum(1 for test in tests if test.find(element) is not None)
    for attribute, count in counts.items():
        if node.get(attribute) != str(count):
            errors.append(f"{node.get('name')}: {attribute} is {node.get(attribute)}, not {count}")


def check_messages(root, errors):
    """What a server shows in a list of failures."""
    for element in COUNTED.values():
        for node in root.iter(element):
            if not node.get("message"):
                errors.append(f"a {element} has no message")


def check_file(path):
    root = ElementTree.parse(path).getroot()
    errors = []
    if root.tag != "testsuites":
        errors.append(f"the root is {root.tag}")
    for node in [root, *root.iter("testsuite")]:
        check_counts(node, errors)
    check_messages(root, errors)
    names = [(test.get("classname"), test.get("name")) for test in root.iter("testcase")]
    if not names:
        errors.append("no test case")
    for name in sorted(set(names)):
        if names.count(name) > 1:
            errors.append(f"{name} occurs {names.count(name)} times")
    return errors


def main(paths):
    failed = False
    for path in paths:
        for error in check_file(path):
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
