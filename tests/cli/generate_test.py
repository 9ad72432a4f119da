"""sigvet generate: a corpus drawn at random, the same for the same seed, written whole or not at all."""

import base64
import hashlib
import hmac
import re

from sigvet import TestCase, main

FIELD = re.compile(r'^      (\w+): (.*)$', re.M)


def value(text):
    """Of a line that the generator writes: its bytes."""
    if text.startswith("{hex: "):
        return bytes.fromhex(text[7:-2])
    if text.startswith('"'):
        return text[1:-1].encode().decode("unicode_escape").encode("latin-1")
    return text


class Generate(TestCase):
    def generate(self, name, cases, *options, **more):
        folder = self.folder / name
        self.sigvet("generate", "--cases", cases, *options, folder, **more)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    def test_it_is_a_corpus_that_every_backend_passes(self):
        files = self.generate("large", 2500)
        self.assertEqual(list(files), [f"generated-0000{i}.yaml" for i in range(3)])
        counts = [text.count(b"\n  - id: ") for text in files.values()]
        self.assertEqual(counts, [1000, 1000, 500])
        self.sigvet("check-corpus", self.folder / "large")
        out, _ = self.sigvet("run", "--corpus", self.folder / "large")
        self.assertIn(": 2500 cases, digest ", " ".join(out.split()))
        self.assertTrue(out.splitlines()[-1].endswith(" passed, 0 failed"), out)

    def test_values_are_those_of_pythons_own_libraries(self):
        text = b"".join(self.generate("large", 1000, "--seed", 3).values()).decode()
        seen = set()
        for case in text.split("\n  - id: ")[1:]:
            operation = re.search(r'operation: "([\w-]+)"', case).group(1)
            fields = {name: value(text) for name, text in FIELD.findall(case)}
            if operation == "sha256":
                self.assertEqual(hashlib.sha256(fields["message"]).hexdigest().encode(),
                                 fields["digest"])
            elif operation == "hmac-sha256":
                mac = hmac.new(fields["key"], fields["message"], hashlib.sha256).hexdigest()
                self.assertEqual(mac.encode(), fields["mac"])
            elif operation == "base64-encode":
                self.assertEqual(base64.b64encode(fields["bytes"]), fields["text"])
            elif operation == "sigv4-signing-key":
                key = b"AWS4" + fields["secret"]
                for part in (fields["date"], fields["region"], fields["service"], b"aws4_request"):
                    key = hmac.new(key, part, hashlib.sha256).digest()
                self.assertEqual(key.hex().encode(), fields["signing_key"])
            elif operation == "ses-smtp-password" and fields["version"] == "4":
                key = b"AWS4" + fields["secret"]
                for part in (b"11111111", fields["region"], b"ses", b"aws4_request",
                             b"SendRawEmail"):
                    key = hmac.new(key, part, hashlib.sha256).digest()
                self.assertEqual(base64.b64encode(b"\x04" + key), fields["password"])
            else:
                continue
            seen.add(operation)
        self.assertEqual(len(seen), 5)

    def test_the_seed_says_what_is_in_it(self):
        one = self.generate("one", 1200, "--seed", 5)
        self.assertEqual(self.generate("two", 1200, "--seed", 5, "--jobs", 1), one)
        self.assertEqual(self.generate("kernel", 1200, "--seed", 5,
                                       environment={"SIGVET_KERNEL": "portable"}), one)
        self.assertNotEqual(self.generate("three", 1200, "--seed", 6), one)
        # As GCC 12 and clang 16 made them: no compiler may draw in another order.
        self.assertEqual(hashlib.sha256(b"".join(one.values())).hexdigest(),
                         "15f6d35e11ff0f91829299ae8dc3b012a68706688e3d026199e3b8921641aa1f")

    def test_an_empty_folder_will_do(self):
        (self.folder / "empty").mkdir()
        self.assertEqual(len(self.generate("empty/", 1)), 1)
        self.assertEqual(oct((self.folder / "empty").stat().st_mode & 0o777), "0o755")

    def test_a_link_to_an_empty_folder_stays_a_link(self):
        (self.folder / "empty").mkdir()
        (self.folder / "link").symlink_to("empty")
        self.assertEqual(len(self.generate("link", 1)), 1)
        self.assertEqual(len(list((self.folder / "empty").iterdir())), 1)
        self.assertTrue((self.folder / "link").is_symlink())

    def test_what_is_there_is_left_alone(self):
        self.write("full/x.yaml", "x")
        self.write("file", "x")
        for name, message in [("full", "this folder is not empty (name a new one)"),
                              ("file", "is no folder (name a new one)")]:
            _, err = self.sigvet("generate", "--cases", 1, self.folder / name, expect=2)
            self.assert_one_line(err, f"sigvet: {self.folder}/{name}: {message}")
        _, err = self.sigvet("generate", "--cases", 1, self.folder / "no/such", expect=2)
        self.assertIn("can't be written: No such file or directory", err)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["file", "full"])

    def test_bad_numbers(self):
        for cases in ("0", "-1", "x", "100000001"):
            self.sigvet("generate", "--cases", cases, self.folder / "x", expect=2)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    main()
