"""What `cmake --install` gives: a program that finds what belongs to it, wherever it is moved to, and
libraries that a project of others can use."""

import re
import tempfile
import pathlib

from installed import BUILD, InstalledCase, cached, call, require
from sigvet import ROOT, main

require(cmake="cmake", ninja="ninja-build")
CONSUMER = ROOT / "tests/consumer"
PASSWORD = "BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"
# "Signature Version 4 Signing Process", AWS General Reference: the key of 20150830/us-east-1/iam.
SIGNING_KEY = "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"


class Install(InstalledCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.first = pathlib.Path(folder.name) / "first"
        call("cmake", "--install", BUILD, "--prefix", cls.first)
        cls.prefix = cls.first.rename(cls.first.parent / "moved elsewhere")

    def configure(self, *options, expect=0):
        """What CMake says to the consumer's project."""
        return call("cmake", "-G", "Ninja", "-S", CONSUMER, "-B", self.folder / "build",
                    f"-DCMAKE_CXX_COMPILER={cached('CMAKE_CXX_COMPILER')}", *options, expect=expect)

    def build(self, *targets):
        return call("ninja", "-C", self.folder / "build", *targets)

    def assert_no_option_leaks(self):
        """Neither warnings nor folders of sigvet's get into the commands that compile the consumer."""
        commands = (self.folder / "build/build.ninja").read_text()
        flags = re.findall(r"^build CMakeFiles/.*\.o: .*\n(?:  .*\n)*", commands, re.M)
        self.assertGreater(len(flags), 2)
        for command in flags:
            self.assertNotRegex(command, r" -W(?!extra|all|pedantic|error)|-Wconversion|-D")
            self.assertNotRegex(command, rf"-(I|isystem) *{ROOT}( |$)")

    def test_the_program_wherever_it_is(self):
        self.assert_works(self.prefix)

    def test_documents(self):
        self.assert_links_lead_somewhere(self.prefix / "share/doc/sigvet")
        for name in ("man/man1/sigvet.1", "bash-completion/completions/sigvet",
                     "zsh/site-functions/_sigvet", "fish/vendor_completions.d/sigvet.fish",
                     "doc/sigvet/LICENSE"):
            self.assertTrue((self.prefix / "share" / name).is_file(), name)

    def test_no_path_of_the_build(self):
        self.assert_no_path_of_the_build(self.prefix, self.first)

    def test_a_project_finds_the_package(self):
        include = self.prefix / "include"
        self.configure(f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DSIGVET_INCLUDE={include}",
                       "-DEACH_HEADER=ON")
        self.build()
        programs = self.folder / "build"
        self.assertEqual(call(programs / "password"), f"{PASSWORD}\n")
        # Five MACs of a password, then four of a key: nothing was asked twice.
        self.assertEqual(call(programs / "own_backend"), f"{PASSWORD} 5\n{SIGNING_KEY} 9\nrefused\n")
        backends = call(programs / "every_backend").splitlines()
        self.assertIn(f"builtin {PASSWORD}", backends)
        self.assertEqual({line.split()[1] for line in backends}, {PASSWORD})
        self.assertEqual([line.split()[0] for line in backends],
                         [line.split()[0] for line in call(BUILD / "sigvet", "list", "backends").splitlines()
                          if " unavailable: " not in line])
        # A backend that nobody asked for brings no library.
        self.assertNotRegex(call("ldd", programs / "password"), "crypto|botan")
        self.assert_no_option_leaks()

    def test_headers_include_each_other_by_name(self):
        headers = list((self.prefix / "include").rglob("*.h"))
        self.assertGreater(len(headers), 20)
        for header in headers:
            for included in re.findall(r'#include "(.*)"', header.read_text()):
                self.assertTrue(included.startswith("sigvet/"), f"{header}: {included}")
                self.assertTrue((self.prefix / "include" / included).is_file(), f"{header}: {included}")

    def test_a_library_that_is_missing_is_named(self):
        if "openssl" not in call(BUILD / "sigvet", "list", "backends"):
            self.skipTest("this build has no OpenSSL")
        said = self.configure(f"-DCMAKE_PREFIX_PATH={self.prefix}",
                              "-DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON", expect=1)
        self.assertIn("this sigvet was built with OpenSSL 3.0 or newer (Debian package libssl-dev)",
                      " ".join(said.split()))

    def test_a_project_has_the_sources_among_its_own(self):
        self.configure(f"-DSIGVET_SOURCE={ROOT}", "-DSIGVET_BACKEND_OPENSSL=OFF",
                       "-DSIGVET_BACKEND_BOTAN=OFF", "-DSIGVET_BACKEND_CRYPTOPP=OFF")
        objects = [f"CMakeFiles/{name}.dir/{name}.cc.o" for name in ("password", "own_backend", "every_backend")]
        # The libraries themselves are those that the other tests have built.
        self.build("sigvet_base", *objects)
        self.assert_no_option_leaks()

    def test_the_documented_program_is_this_one(self):
        text = (ROOT / "docs/installing.md").read_text()
        self.assertIn(f"```cpp\n{(CONSUMER / 'password.cc').read_text()}```", text)


if __name__ == "__main__":
    main()
