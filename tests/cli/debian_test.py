"""The Debian package that CPack makes of the build: what lintian says, what is in it, and that it
works."""

import gzip
import pathlib
import re
import subprocess
import tempfile

from installed import BUILD, InstalledCase, call, files_below, require
from sigvet import ROOT, main

require(cpack="cmake", dpkg="dpkg", **{"dpkg-shlibdeps": "dpkg-dev", "file": "file", "lintian": "lintian"})
DATE = "1767225600"  # 2026-01-01


class Debian(InstalledCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder_of_all = pathlib.Path(folder.name)
        cls.package = cls.pack("first")
        cls.root = cls.folder_of_all / "root"
        call("dpkg", "-x", cls.package, cls.root)

    @classmethod
    def pack(cls, name, *options):
        folder = cls.folder_of_all / name
        call("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", folder, *options,
             environment={"SOURCE_DATE_EPOCH": DATE})
        packages = list(folder.glob("*.deb"))
        assert len(packages) == 1, packages
        return packages[0]

    def test_lintian_has_nothing_to_say(self):
        said = call("lintian", "--allow-root", "--display-info", "--pedantic", "--tag-display-limit", "0",
                    self.package)
        self.assertEqual(said, "")

    def test_fields(self):
        fields = dict(line.split(": ", 1) for line in call("dpkg", "--field", self.package).splitlines()
                      if re.match(r"\S+: ", line))
        self.assertEqual(fields["Package"], "sigvet")
        self.assertIn(f"sigvet {fields['Version'].split('-')[0]}", call(BUILD / "sigvet", "--version"))
        self.assertRegex(fields["Depends"], r"\blibc6 \(>= ")
        if "openssl" in call(BUILD / "sigvet", "list", "backends"):
            self.assertRegex(fields["Depends"], r"\blibssl3")

    def test_the_program_of_the_package(self):
        self.assert_works(self.root / "usr")

    def test_contents(self):
        share = self.root / "usr/share"
        for name in ("man/man1/sigvet.1.gz", "bash-completion/completions/sigvet",
                     "zsh/vendor-completions/_sigvet", "fish/vendor_completions.d/sigvet.fish",
                     "doc/sigvet/copyright", "sigvet/vectors/schema.json"):
            self.assertTrue((share / name).is_file(), name)
        self.assertEqual(gzip.decompress((share / "doc/sigvet/changelog.gz").read_bytes()),
                         (ROOT / "CHANGELOG.md").read_bytes())
        self.assertEqual([path.name for path in files_below(self.root)
                          if path.suffix in {".a", ".h", ".cmake", ".pyc"}], [])

    def test_owners_and_modes(self):
        for line in call("dpkg", "--contents", self.package).splitlines():
            mode, owner, _, date, *_, name = line.split()
            program = re.search(r"/s?bin/|/libexec/sigvet/.", line)
            expected = {"d": "drwxr-xr-x", "l": "lrwxrwxrwx"}.get(mode[0], "-rwxr-xr-x" if program else "-rw-r--r--")
            self.assertEqual((mode, owner, date), (expected, "root/root", "2026-01-01"), name)

    def test_programs_are_hardened_and_stripped(self):
        for name in ("bin/sigvet", "libexec/sigvet/sigvet-trivial-port"):
            headers = call("readelf", "--headers", "--dynamic", "--wide", self.root / "usr" / name)
            self.assertRegex(headers, r"Type: +DYN", name)
            self.assertIn("GNU_RELRO", headers, name)
            self.assertIn("BIND_NOW", headers, name)
            self.assertNotIn(".symtab", headers, name)

    def test_no_path_of_the_build(self):
        self.assert_no_path_of_the_build(self.root)

    def test_the_same_build_gives_the_same_package(self):
        """Apart from the compression, which takes longer than all the rest."""
        second = self.pack("second", "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip")
        for part in ("--fsys-tarfile", "--ctrl-tarfile"):
            first, again = (subprocess.run(["dpkg-deb", part, package], capture_output=True, check=True).stdout
                            for package in (self.package, second))
            self.assertGreater(len(first), 1000)
            self.assertTrue(first == again, part)


if __name__ == "__main__":
    main()
