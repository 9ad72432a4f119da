#!/usr/bin/python3
"""Holds the include directions: a room includes only what stands below it, no two files include each
other, and a third-party header appears only in the files that exist for it."""

import re
import sys

from project import ROOT, files

# Each room may include those before it, and itself.
ROOMS = [
    "base",
    "backends",
    "signing",
    "diagnosis",
    "harness/corpus",
    "harness/subject",
    "harness/port",
    "harness/run",
    "bench",
    "reports",
    "cli",
]

# Which files may include which third-party headers.
THIRD_PARTY = {
    r"openssl/.*": r"backends/openssl/.*|bench/forms/openssl_.*|diagnosis/other_macs_openssl\.cc",
    r"botan/.*": r"backends/botan/.*|bench/forms/botan_.*",
    r"(cryptopp|crypto\+\+)/.*": r"backends/cryptopp/.*|bench/forms/cryptopp_.*",
    r"(immintrin|cpuid|x86intrin)\.h": r"backends/builtin/.*",
    r"(arm_neon|asm/hwcap)\.h": r"backends/builtin/.*|tests/aarch64/.*",
    r"yaml-cpp/.*": r"harness/corpus/yaml_reader\.cc|bench/yaml_events\.cc",
    r"benchmark/.*": r"bench/.*",
    r"nlohmann/.*": r"reports/(report_(ctrf|json)(_test)?|read_report_json)\.cc|reports/json_item\.(cc|h)|harness/corpus/aws_sig_v4_context\.cc"
    r"|diagnosis/server_reply_json\.cc|harness/port/json_line\.cc|bench/(read_)?bench_json(_test)?\.cc",
    r"uv\.h": r"harness/port/process\.cc|harness/port/event_loop(_impl)?\.(cc|h)",
    r"pugixml\.hpp": r"reports/report_(badge_test|junit(_test)?)\.cc|diagnosis/server_reply_xml\.cc",
    r"CLI/.*": r"cli/.*",
    r"sigvet/.*": r"tests/consumer/.*",
    r"(gtest|gmock)/.*": r".*(_test|_fixture|/test_[a-z_]+)\.(cc|h)",
}
SYSTEM = re.compile(r"[a-z_0-9]+|(sys|cxxabi)/[a-z_]+\.h|[a-z_0-9]+\.h")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def room_of(path):
    return next((room for room in reversed(ROOMS) if path.startswith(room + "/")), None)


def check_own(path, included, problems, place):
    if not (ROOT / included).is_file() and not included.endswith("version.h"):
        problems.append(f"{place}: {included} is not a path from the project's root")
    room, other = room_of(path), room_of(included)
    if room and other and ROOMS.index(other) > ROOMS.index(room):
        problems.append(f"{place}: {room} stands below {other} and may not include it")
    if room and room.startswith("backends") and "/" in path[9:]:
        folder = path.split("/")[1]
        theirs = included.split("/")[1] if included.startswith("backends/") else ""
        if included.count("/") > 1 and theirs != folder:
            problems.append(f"{place}: a backend may not include another one")


def check_third_party(path, included, problems, place):
    for header, room in THIRD_PARTY.items():
        if re.fullmatch(header, included):
            if not re.fullmatch(room, path):
                problems.append(f"{place}: <{included}> belongs in {room}")
            return
    if not SYSTEM.fullmatch(included):
        problems.append(f"{place}: <{included}> is no header that the project knows")


def find_cycle(graph):
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        cycle = next(filter(None, (visit(n) for n in sorted(graph.get(node, ())))), None)
        path.pop()
        done.add(node)
        return cycle

    return next(filter(None, map(visit, sorted(graph))), None)


def main():
    listed = files("*.cc", "*.h", "*.in")
    problems, graph, includes = [], {}, 0
    for path in listed:
        for number, line in enumerate((ROOT / path).read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            includes += 1
            place = f"{path}:{number}"
            if match[1]:
                check_own(path, match[1], problems, place)
                graph.setdefault(path, set()).add(match[1])
            else:
                check_third_party(path, match[2], problems, place)
    cycle = find_cycle(graph)
    if cycle:
        problems.append("these files include each other: " + " -> ".join(cycle))
    if includes < 100:
        problems.append(f"only {includes} includes were found: is this the whole project?")
    print("\n".join(problems) or f"{includes} includes in {len(listed)} files, all as they should be")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
