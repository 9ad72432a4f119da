"""What shells complete: the hidden command that they ask, and each of them for real."""

import json
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import unittest

from sigvet import GOOD_CASE, ROOT, SIGVET, TestCase, main, run

COMPLETIONS = ROOT / "cli/completions"
OPTION = re.compile(r"^  (?:-\w,)?(--[a-z-]+)", re.M)
COMMAND = re.compile(r"^  ([a-z-]+) {2,}\S", re.M)
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


def section(text, begin, end):
    return text[text.index(begin):text.index(end)]


def commands_of(text):
    """The commands that a help text lists, which stand between the options and the examples."""
    options = text[text.index("\nOptions:"):]
    groups = re.findall(r"^[A-Z][a-z ]+:\n((?:  .*\n)+)", options[options.index("\n\n"):], re.M)
    return [name for group in groups for name in COMMAND.findall(group) if name != "sigvet"]


class Asked(TestCase):
    """The hidden command."""

    def complete(self, *words, **options):
        """The candidates for the last word, and what is said of files."""
        out, err = self.sigvet("complete", "--", *words, **options)
        self.assertEqual(err, "")
        lines = out.splitlines()
        files = lines.pop()[1:] if lines and lines[-1].startswith(":") else ""
        return [line.split("\t")[0] for line in lines], files

    def candidates(self, *words, **options):
        found, files = self.complete(*words, **options)
        self.assertEqual(files, "")
        return found

    def walk(self, *command):
        """Every command with its help."""
        text, _ = self.sigvet(*command, "--help")
        yield command, text
        if not command or command[-1] == "list":
            for name in commands_of(text):
                yield from self.walk(*command, name)

    def test_every_command_and_option(self):
        seen = 0
        for command, text in self.walk():
            with self.subTest(command=command):
                options = text[text.index("\nOptions:"):]
                options = OPTION.findall(options[:options.index("\n\n")])
                self.assertEqual(self.candidates(*command, "--"), options)
                if not command or command[-1] == "list":
                    self.assertEqual(self.candidates(*command, ""), commands_of(text))
                seen += len(options)
        self.assertGreater(seen, 80)
        self.assertNotIn("complete", self.candidates(""))
        self.assertEqual(self.candidates("check-"), ["check-port", "check-corpus"])
        self.assertEqual(self.candidates("sign", "--no"), ["--normalize", "--no-normalize"])

    def test_descriptions_stand_behind_a_tab(self):
        out, _ = self.sigvet("complete", "--", "ver")
        self.assertEqual(out, "verify\tVerify a signed request, and say why its signature is wrong\n")

    def test_backends_and_ports(self):
        for list_of, option in (("backends", "--backend"), ("ports", "--port")):
            rows, _ = self.sigvet("list", list_of)
            names = [row.split()[0] for row in rows.splitlines()
                     if list_of == "ports" or " unavailable: " not in row]
            found, files = self.complete("run", option, "")
            self.assertEqual(found, names)
            self.assertEqual(files, "files " if option == "--port" else "")
        self.assertEqual(self.complete("run", "--ports", ""), (["all"], "folders "))
        self.assertEqual(self.complete("generate", ""), ([], "folders "))
        forms = self.candidates("bench", "--backend", "builtin")
        self.assertIn("builtin-portable", forms)
        self.assertNotIn("openssl", forms)

    def test_every_case(self):
        """Folder by folder."""
        def below(folder):
            for found in self.candidates("show", folder):
                if found.endswith("/"):
                    yield from below(found)
                else:
                    yield found
        listed, _ = self.sigvet("list", "cases")
        self.assertEqual(sorted(below("")), sorted(line.split()[0] for line in listed.splitlines()))

    def test_folders_of_cases(self):
        self.assertEqual(self.candidates("show", "ses/reg"), ["ses/regions/"])
        self.assertIn("ses/regions/us-east-1", self.candidates("diagnose", "ses/regions/us-"))
        for option in ("--filter", "--skip"):
            self.assertEqual(self.candidates("run", option, "ses/reg"), ["ses/regions", "ses/regions/"])

    def test_cases_of_other_corpora(self):
        corpus = self.write("corpus/mine.yaml", GOOD_CASE)
        self.assertEqual(self.candidates("show", "--corpus", corpus, ""), ["mine/"])
        self.assertEqual(self.candidates("run", f"--corpus={corpus}", "--filter", "mine/"), ["mine/first"])
        suite = f"aws-sig-v4:{ROOT}/tests/suites/good"
        self.assertIn("aws-sig-v4/value-order/query",
                      self.candidates("show", "--suite", suite, "aws-sig-v4/value-order/"))

    def test_a_bad_corpus_has_no_cases(self):
        bad = self.write("bad.yaml", "sigvet: [")
        for path in (bad, self.folder / "none.yaml", "/dev/stdin", "-"):
            self.assertEqual(self.candidates("show", "--corpus", path, ""), [])

    def test_no_more_than_a_shell_can_show(self):
        head, case = GOOD_CASE.split("cases:\n")
        cases = "".join(case.replace('"first"', f'"case-{i}"') for i in range(2_500))
        corpus = self.write("many.yaml", f"{head}cases:\n{cases}")
        self.assertEqual(len(self.candidates("show", "--corpus", corpus, "mine/")), 2_000)

    def test_operations_and_stages(self):
        schema = json.loads((ROOT / "vectors/schema.json").read_text())
        operations = schema["$defs"]["case"]["properties"]["operation"]["enum"]
        self.assertEqual(sorted(self.candidates("run", "--require-op", "")), sorted(operations))
        self.assertEqual(self.candidates("run", "--require-op", "ses"), ["ses-smtp-password"])
        self.assertNotIn("sha256", self.candidates("diagnose", "--op", ""))
        self.assertNotIn("sigv4-sign", self.candidates("check-port", "--op", ""))
        self.assertEqual(self.candidates("diagnose", "--op", "sigv4-signing-key", "--stage", "")[-1],
                         "signing_key")
        self.assertIn("canonical_request", self.candidates("diagnose", "--stage", "can"))

    def test_formats_and_their_files(self):
        for command, option in (("run", "--report"), ("bench", "--report"), ("report", "--to")):
            text, _ = self.sigvet(command, "--help")
            listed = re.search(r"\(((?:[a-z]+, )*[a-z]+(?:; of a benchmark [a-z, ]+)?)\)", text)[1]
            formats = set(re.split(r", |; of a benchmark ", listed))
            found = self.candidates(command, option, "")
            self.assertEqual(sorted(found), sorted(name + "=" for name in formats))
            self.assertEqual(self.complete(command, option, "json=r"), ([], "files json="))
            self.assertEqual(self.candidates(command, f"{option}=js"), [f"{option}=json="])
            self.assertEqual(self.complete(command, f"{option}=json=r"), ([], f"files {option}=json="))
        self.assertEqual(self.candidates("run", "--report", "none=r"), [])

    def test_suites(self):
        self.assertEqual(self.candidates("run", "--suite", ""), ["aws-sig-v4:"])
        self.assertEqual(self.complete("run", "--suite", "aws-sig-v4:t"), ([], "folders aws-sig-v4:"))

    def test_workloads(self):
        text, _ = self.sigvet("bench", "--help")
        listed = re.findall(r"^  ([a-z][\w/-]+) {2,}", section(text, "\nWorkloads:", "\nExamples:"), re.M)
        self.assertGreater(len(listed), 20)
        self.assertEqual(self.candidates("bench", "--workload", ""), listed)

    def test_what_a_form_says(self):
        self.assertEqual(self.candidates("password", "--version", ""), ["2", "4"])
        self.assertEqual(self.candidates("sign", "--uri-encode", ""), ["single", "double"])
        self.assertEqual(self.candidates("check-port", "--secret", ""), ["stdin", "env:", "argv"])
        self.assertEqual(self.complete("sign", "--data", "@re"), ([], "files @"))
        self.assertEqual(self.candidates("sign", "-d", ""), ["@", "@-"])
        self.assertIn("us-east-1", self.candidates("password", "--region", "us-"))

    def test_files(self):
        for words in (["verify"], ["gate", "--baseline"], ["run", "--corpus"], ["check-corpus"],
                      ["check-corpus", "a.yaml"], ["report"], ["diff"], ["diff", "old.json"],
                      ["check-port", "--exec", "--"], ["check-port", "--", "python3"]):
            found, files = self.complete(*words, "")
            self.assertEqual(files, "files ", words)
            self.assertEqual(found, [], words)

    def test_what_takes_anything(self):
        for words in (["run", "--jobs"], ["sign", "--timestamp"], ["sign", "--header"], ["sign"],
                      ["diagnose", "--got"], ["verify", "request.txt"], ["run"], ["list", "backends"]):
            self.assertEqual(self.complete(*words, ""), ([], ""), words)

    def test_wrong_words_before(self):
        self.assertIn("openssl", self.candidates("run", "--no-such", "word", "--backend", "o"))
        self.assertIn("run", self.candidates("no-such-command", "--no-such", ""))
        for word in ("[a,b]", "%%", "{}", "", "-", "\n", "é", "a" * 5_000):
            self.assertEqual(self.candidates("run", word, "--qui"), ["--quiet"], word)
            self.complete("run", word)
        self.assertEqual(self.candidates("run", "--jobs", "x", "--backend", "built"), ["builtin"])
        self.assertEqual(self.complete(""), self.complete())

    def test_behind_a_double_dash_nothing_is_an_option(self):
        self.assertEqual(self.complete("check-port", "--", "tool", "--"), ([], "files "))

    def test_says_nothing_of_what_is_there(self):
        environment = {"AWS_SECRET_ACCESS_KEY": SECRET, "SIGVET_KERNEL": "none-such"}
        for words in (["password", ""], ["password", SECRET], ["diagnose", "--got", SECRET], ["--"],
                      ["run", "--backend", ""]):
            done = run("complete", "--", *words, environment=environment)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertNotIn(SECRET, done.stdout.decode())


def needed(program):
    """Skips where a shell is missing, but not in CI."""
    return unittest.skipUnless(shutil.which(program) or "CI" in os.environ, f"no {program} here")


class InShells(TestCase):
    """Each shell completes a line that somebody types."""

    LINES = {
        "sigvet chec": "sigvet check-",
        "sigvet verif": "sigvet verify ",
        "sigvet run --backend opens": "sigvet run --backend openssl ",
        "sigvet run --filter ses/pub": "sigvet run --filter ses/published",
        "sigvet show ses/published/rust": "sigvet show ses/published/rust-sample ",
        "sigvet run --report js": "sigvet run --report json=",
        "sigvet run --report json=my-r": "sigvet run --report json=my-run.json ",
        "sigvet run --report=json=my-r": "sigvet run --report=json=my-run.json ",
        "sigvet run --suite aws": "sigvet run --suite aws-sig-v4:",
        "sigvet run --suite aws-sig-v4:my-f": "sigvet run --suite aws-sig-v4:my-folder/",
        "sigvet run --corpus my-folder/a\\ f": "sigvet run --corpus my-folder/a\\ file.yaml ",
        "sigvet verify my-r": "sigvet verify my-run.json ",
        "sigvet run --jobs my-r": "sigvet run --jobs my-r",
        "sigvet sign -H 'A: b' --regio": "sigvet sign -H 'A: b' --region ",
    }

    def setUp(self):
        super().setUp()
        self.write("my-run.json", "")
        self.write("my-folder/a file.yaml", GOOD_CASE)
        self.write("bin/.keep", "")
        (self.folder / "bin/sigvet").symlink_to(SIGVET)
        self.environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "TERM": "xterm",
                            "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def type(self, command, lines):
        """Types each line and TAB into a shell that shows its line when it gets Ctrl-X."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execvpe(command[0], command, self.environment)
        self.addCleanup(os.close, terminal)
        self.read_until(terminal, rb"(READY)")
        for line in lines:
            os.write(terminal, line.encode() + b"\t\x18")
            yield line, self.read_until(terminal, rb"line=\[(.*?)\]=line").decode()
        os.write(terminal, b"\x15exit\r")
        self.assertEqual(os.waitpid(child, 0)[1], 0)

    def read_until(self, terminal, pattern):
        shown = b""
        while not re.search(pattern, shown):
            ready, _, _ = select.select([terminal], [], [], 60)
            self.assertTrue(ready, shown)
            shown += os.read(terminal, 10_000)
        return re.search(pattern, shown)[1]

    def check(self, command, lines):
        for line, completed in self.type(command, lines):
            with self.subTest(line=line):
                self.assertEqual(completed, lines[line])

    def bash(self, setup=""):
        rc = self.write("bashrc", f"""\
PS1='$ '
source {COMPLETIONS}/sigvet.bash
show() {{ printf 'line=[%s]=line\\n' "$READLINE_LINE"; READLINE_LINE=; }}
bind -x '"\\C-x": show'
{setup}
echo READ''Y
""")
        return ["bash", "--noprofile", "--rcfile", str(rc), "-i"]

    def test_bash(self):
        self.check(self.bash(), self.LINES)

    def test_bash_without_word_breaks(self):
        self.check(self.bash("COMP_WORDBREAKS=${COMP_WORDBREAKS//[=:]/}"), {
            "sigvet run --report js": "sigvet run --report json=",
            "sigvet run --report json=my-r": "sigvet run --report json=my-run.json ",
        })

    @needed("zsh")
    def test_zsh(self):
        self.write(".zshrc", f"""\
PS1='$ '
fpath=({COMPLETIONS} $fpath)
autoload -Uz compinit && compinit -u -D
show() {{ zle -I; print -r -- "line=[$BUFFER]=line"; BUFFER= }}
zle -N show
bindkey '^X' show
print READ''Y
""")
        self.check(["zsh", "-d", "-i"], self.LINES)

    @needed("fish")
    def test_fish(self):
        for line, completed in self.LINES.items():
            with self.subTest(line=line):
                done = subprocess.run(
                    ["fish", "--no-config", "-c", f"source {COMPLETIONS}/sigvet.fish; complete -C $argv[1]", line],
                    cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
                self.assertEqual(done.stderr, "")
                words = [text.split("\t")[0] for text in done.stdout.splitlines()]
                expected = shlex.split(completed)[-1] if completed != line else ""
                self.assertEqual(os.path.commonprefix(words), expected)


if __name__ == "__main__":
    main()
