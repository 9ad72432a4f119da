"""sigvet run: what it prints and how it ends."""

import os
import re
import shlex
import shutil
import subprocess

from sigvet import BAD_CASE, GOOD_CASE, ROOT, SIGVET, TestCase, main


class Run(TestCase):
    def test_all_backends_pass_the_built_in_corpus(self):
        out, err = self.sigvet("run")
        self.assertEqual(err, "")
        self.assertIn("ses/published", out)
        last = out.splitlines()[-1]
        match = re.fullmatch(r"(\d+) passed, 0 failed", last)
        self.assertTrue(match, last)
        self.assertGreater(int(match[1]), 800)
        for line in out.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_the_built_in_corpus_is_the_one_in_vectors(self):
        built_in, _ = self.sigvet("check-corpus")
        files, _ = self.sigvet("check-corpus", ROOT / "vectors")
        self.assertEqual(built_in, files)

    def test_one_copied_file_works_from_any_folder(self):
        copy = shutil.copy(SIGVET, self.folder / "copied")
        done = subprocess.run([copy, "run", "--quiet"], cwd="/", capture_output=True, check=False,
                              env={"PATH": ""})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout.decode(), r"^\d+ passed, 0 failed\n$")

    def test_places_name_the_source_file(self):
        out, _ = self.sigvet("list", "cases", "--filter", "ses/published/rust-sample")
        place = out.split()[1]
        file, line = place.split(":")
        self.assertEqual((ROOT / file).read_text().splitlines()[int(line) - 1].strip(),
                         '- id: "rust-sample"')

    def test_filters_and_backends(self):
        out, _ = self.sigvet("run", "--backend", "builtin", "--backend", "builtin",
                             "--filter", "ses/published/rust-sample")
        self.assertEqual(out.splitlines()[-1], "1 passed, 0 failed")

    def test_jobs_change_nothing(self):
        corpus = self.write("bad.yaml", BAD_CASE)
        one, _ = self.sigvet("run", "--corpus", corpus, "--jobs", "1", expect=1)
        many, _ = self.sigvet("run", "--corpus", corpus, "--jobs", "8", expect=1)
        self.assertEqual(one, many)

    def test_a_wrong_expectation_is_disputed_once(self):
        corpus = self.write("bad.yaml", BAD_CASE)
        out, _ = self.sigvet("run", "--corpus", corpus, expect=1)
        self.assertEqual(out.splitlines()[-1], "0 passed, 1 failed")
        self.assertIn(f"{corpus}:5", out)
        self.assertIn("agree with each other", out)
        self.assertEqual(out.count("BLBM/9hSUELfq8Gx"), 1)

    def test_a_failure_of_one_backend_shows_how_to_repeat_it(self):
        corpus = self.write("it's bad.yaml", BAD_CASE)
        arguments = ["run", "--corpus", corpus, "--backend", "openssl"]
        out, _ = self.sigvet(*arguments, expect=1)
        self.assertIn("mine/first", out)
        self.assertIn("wrong password", out)
        self.assertIn("expected", out)
        self.assertIn("^", out)
        command = next(line for line in out.splitlines() if "sigvet run" in line)
        words = shlex.split(command[command.index("sigvet run"):])
        again = subprocess.run([SIGVET, *words[1:]], capture_output=True, check=False,
                               env={"PATH": os.environ["PATH"], "COLUMNS": "80"})
        self.assertEqual(again.returncode, 1, again.stderr)
        self.assertEqual(again.stdout.decode(), out)

    def test_quiet(self):
        out, _ = self.sigvet("run", "--quiet")
        self.assertRegex(out, r"^\d+ passed, 0 failed\n$")

    def test_several_corpora(self):
        first = self.write("a/one.yaml", GOOD_CASE)
        self.write("b/two.yaml", GOOD_CASE.replace('"mine"', '"other"'))
        out, _ = self.sigvet("run", "--corpus", first, "--corpus", self.folder / "b",
                             "--backend", "builtin")
        self.assertEqual(out.splitlines()[-1], "2 passed, 0 failed")

    def test_output_that_cannot_be_written_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([SIGVET, "run"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 70)
        self.assertIn(b"can't write the output: No space left on device", done.stderr)


if __name__ == "__main__":
    main()
