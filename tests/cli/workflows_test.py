"""The workflows that docs/gating.md offers for GitHub Actions and GitLab CI: their form, and their
very commands, run in a repository that holds a small port."""

import contextlib
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import threading
import unittest
import xml.etree.ElementTree as ElementTree

import yaml

from sigvet import ROOT, SIGVET, TestCase, main, templates

EXAMPLES = ROOT / "docs/examples"
GITHUB = yaml.safe_load((EXAMPLES / "github-actions.yml").read_text())
GITLAB = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text())
YAML_RULES = "{extends: default, rules: {line-length: {max: 120}, document-start: disable, truthy: {check-keys: false}}}"
# docs.gitlab.com/ci/yaml, as far as the example needs them.
GITLAB_GLOBAL = {"default", "stages", "variables", "workflow"}
GITLAB_JOB = {"artifacts", "before_script", "cache", "needs", "parallel", "rules", "script", "stage"}
GITLAB_ARTIFACTS = {"expire_in", "expose_as", "paths", "reports", "when"}
# What sets a machine up; the rest is run here.
INSTALLS = re.compile(r"apt-get|git |scripts/package|if \[ ! -f sigvet.deb \]|fi$")
SHARDS = 4


def require(tool, package):
    if shutil.which(tool):
        return
    message = f"{tool} is not here (Debian package {package})"
    if "CI" in os.environ:
        raise AssertionError(message)
    raise unittest.SkipTest(message)


class Linted(TestCase):
    def test_yamllint(self):
        require("yamllint", "yamllint")
        done = subprocess.run(["yamllint", "--strict", "-d", YAML_RULES, *EXAMPLES.glob("*.yml")],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    @unittest.skipUnless(shutil.which("actionlint"), "actionlint is in no Debian package")
    def test_actionlint(self):
        done = subprocess.run(["actionlint", "-no-color", EXAMPLES / "github-actions.yml",
                               ROOT / ".github/workflows/ci.yml"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Form(TestCase):
    """What a linter would say that not everybody has."""

    def test_github(self):
        self.assertEqual(set(GITHUB), {"name", True, "permissions", "env", "defaults", "jobs"})  # on: is true in YAML 1.1
        jobs = GITHUB["jobs"]
        for name, job in jobs.items():
            with self.subTest(job=name):
                self.assertLessEqual({"runs-on", "container", "timeout-minutes", "steps"}, set(job))
                needs = job.get("needs", [])
                self.assertLessEqual({needs} if isinstance(needs, str) else set(needs), set(jobs))
                for step in job["steps"]:
                    self.assertEqual(("uses" in step) + ("run" in step), 1, step)
                    self.assertLessEqual(set(step), {"id", "if", "name", "run", "uses", "with"})
                    if "uses" in step:
                        self.assertRegex(step["uses"], r"^actions/[a-z-]+(/(save|restore))?@v\d+$")

    def test_what_a_job_downloads_another_uploads(self):
        def artifacts(action):
            return {step["with"].get("name") or step["with"]["pattern"] for job in GITHUB["jobs"].values()
                    for step in job["steps"] if step.get("uses", "").startswith(f"actions/{action}-artifact@")}
        uploaded = {re.sub(r"\$\{\{.*?\}\}", "*", name) for name in artifacts("upload")}
        self.assertLessEqual(artifacts("download"), uploaded)

    def test_results_are_uploaded_whatever_they_are(self):
        for name in ("check", "shard", "merge"):
            upload, = [step for step in GITHUB["jobs"][name]["steps"] if "upload-artifact" in step.get("uses", "")]
            self.assertEqual(upload["if"], "always()")
            self.assertEqual(GITLAB[name]["artifacts"]["when"], "always")

    def test_gitlab(self):
        jobs = {name: job for name, job in GITLAB.items() if name not in GITLAB_GLOBAL}
        self.assertEqual(set(jobs), {"sigvet", "check", "pages", "shard", "merge"})
        for name, job in jobs.items():
            with self.subTest(job=name):
                self.assertLessEqual(set(job), GITLAB_JOB)
                self.assertLessEqual(set(job["artifacts"]), GITLAB_ARTIFACTS)
                self.assertTrue(all(isinstance(line, str) for line in job["script"]))
                place = GITLAB["stages"].index(job["stage"])
                for need in job.get("needs", []):
                    self.assertLess(GITLAB["stages"].index(jobs[need]["stage"]), place)
        self.assertEqual(GITLAB["shard"]["parallel"], SHARDS)
        self.assertEqual(GITHUB["jobs"]["shard"]["strategy"]["matrix"]["shard"], list(range(1, SHARDS + 1)))

    def test_sigvet_is_made_of_its_sources(self):
        github = "\n".join(step.get("run", "") for step in GITHUB["jobs"]["sigvet"]["steps"])
        for script in (github, "\n".join(GITLAB["sigvet"]["script"])):
            self.assertIn("sigvet/scripts/package ", script)
            for line in filter(None, script.splitlines()):
                self.assertRegex(line, INSTALLS)  # and so nothing is left out below
        self.assertTrue(os.access(ROOT / "scripts/package", os.X_OK))


class Platform(TestCase):
    """A repository with a port in ./my-port, and a machine of a platform."""

    def setUp(self):
        super().setUp()
        (self.folder / "bin").mkdir()
        (self.folder / "bin/sigvet").symlink_to(SIGVET)
        self.work = self.folder / "repository"
        self.work.mkdir()
        page = (ROOT / "docs/adding-a-port.md").read_text()
        description = re.search(r"^```yaml\n(.*?)^```", page, re.M | re.S)[1]
        self.write("repository/my-port/port.yaml", description)
        self.program, = [code for name, _, code in templates() if name == "my_port.py"]
        self.write_program(self.program)
        self.environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "CI": "true",
                            "XDG_CACHE_HOME": str(self.folder / "cache")}

    def write_program(self, code):
        self.write("repository/my-port/my_port.py", code)

    def break_program(self):
        """As of a region that is left out: one mistake, and many cases."""
        self.write_program(self.program.replace("to_bytes(region), ", ""))

    def run_script(self, lines, expect=0, **environment):
        """As both platforms run the lines of a step, by bash; returns stdout and stderr."""
        self.write("script.sh", lines)
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", self.folder / "script.sh"],
                              cwd=self.work, env=self.environment | environment, timeout=120,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def file(self, name):
        return (self.work / name).read_text()

    def load(self, name):
        return json.loads(self.file(name))

    def remove(self, *patterns):
        for pattern in patterns:
            for path in self.work.glob(pattern):
                path.unlink()

    def assert_reports(self, name, passed, failed):
        """The files of a run, each as another program reads it."""
        totals = self.load(f"{name}.json")["totals"]
        self.assertEqual((totals["passed"], totals["failed"]), (passed, failed))
        suites = ElementTree.parse(self.work / f"{name}.xml").getroot()
        self.assertEqual(len(list(suites.iter("failure"))), failed)
        self.assertEqual(len(list(suites.iter("testcase"))), passed + failed + totals["skipped"])
        self.assertTrue(self.file(f"{name}.html").lower().startswith("<!doctype html>"))

    def assert_badge(self, text):
        badge = ElementTree.parse(self.work / "badge.svg").getroot()
        self.assertEqual(badge.tag, "{http://www.w3.org/2000/svg}svg")
        self.assertIn(text, " ".join(badge.itertext()))

    def assert_the_same_run(self, one, other):
        """Two reports, but for when and where: the shards of a run give the report of the whole."""
        reports = [self.load(name) for name in (one, other)]
        for report in reports:
            for key in ("started_at", "elapsed_ms"):
                del report["context"][key]
        self.assertEqual(*reports)


class Github(Platform):
    def setUp(self):
        super().setUp()
        self.summary = self.write("summary-of-the-step", "what stood there\n")
        self.environment["GITHUB_STEP_SUMMARY"] = str(self.summary)

    def run_job(self, name, expect=0, **values):
        """The steps that do not install, in order: those behind a failure only where they say so."""
        steps = [step for step in GITHUB["jobs"][name]["steps"]
                 if "run" in step and not step["name"].startswith("Install")]
        said, failed = "", False
        for step in steps:
            if failed and step.get("if") != "always()":
                continue
            lines = re.sub(r"\$\{\{ *([a-z.-]+) *\}\}", lambda found: str(values[found[1]]), step["run"])
            first = step is steps[0]
            said += self.run_script(lines, expect if first else 0)
            failed = failed or (first and expect != 0)
        return said

    def run_shards(self):
        for shard in range(1, SHARDS + 1):
            self.run_job("shard", **{"matrix.shard": shard, "strategy.job-total": SHARDS})

    def test_a_right_port(self):
        said = self.run_job("check")
        self.assertIn("\n311 passed, 0 failed", said)
        self.assertNotIn("::error", said)
        self.assert_reports("run", 311, 0)
        self.assert_badge("311")
        summary = self.summary.read_text()
        self.assertTrue(summary.startswith("what stood there\n"))
        self.assertEqual(summary, "what stood there\n" + self.file("summary.md"))
        self.assertIn("311", self.file("summary.md"))

    def test_a_wrong_port(self):
        self.break_program()
        said = self.run_job("check", expect=1)
        failed = self.load("run.json")["totals"]["failed"]
        self.assert_reports("run", 311 - failed, failed)
        self.assertGreater(failed, 100)
        self.assertRegex(said, r"(?m)^::error ")
        self.assertIn("region", self.summary.read_text())

    def test_a_pull_request_fails_by_what_is_new(self):
        self.run_job("check")  # of main; its report is in the place that the cache gives it back to
        self.break_program()
        said = self.run_job("check", expect=3)
        self.assertIn("newly failing", said.lower())
        self.assertTrue(self.summary.read_text())

        self.run_job("check")  # against the wrong one: nothing is new
        self.remove("run.json", "main.json")
        self.run_job("check", expect=1)

    def test_what_is_no_result_is_no_excuse(self):
        self.run_job("check")
        self.write("repository/my-port/port.yaml", "sigvet: 1\n")
        self.run_job("check", expect=65)

    def test_a_port_that_does_not_start_is_new(self):
        self.run_job("check")
        self.write_program("import no_such_module\n")
        self.run_job("check", expect=3)

    def test_shards_give_the_report_of_the_whole(self):
        self.run_shards()
        said = self.run_job("merge")
        self.assertIn("\n311 passed, 0 failed", said)
        self.assert_reports("merged", 311, 0)
        self.assertIn("311", self.summary.read_text())
        self.run_job("check")
        self.assert_the_same_run("merged.json", "run.json")

    def test_shards_of_a_wrong_port(self):
        self.break_program()
        self.run_shards()
        said = self.run_job("merge", expect=1)
        self.assertRegex(said, r"(?m)^::error ")
        self.run_job("check", expect=1)
        self.assert_the_same_run("merged.json", "run.json")

    def test_a_shard_is_missing(self):
        self.run_shards()
        (self.work / "shard-3.json").unlink()
        self.assertIn("3", self.run_job_anyhow("merge"))

    def run_job_anyhow(self, name):
        """What a job says whose first step must fail, with whatever code."""
        lines = next(step["run"] for step in GITHUB["jobs"][name]["steps"] if "sigvet merge" in step.get("run", ""))
        return self.run_script(f"if (\n{lines}); then exit 9; fi\n")


class LastReport(http.server.BaseHTTPRequestHandler):
    """GitLab's answer for the artifact of a job, where the server has one."""

    def do_GET(self):  # noqa: N802
        report = self.server.reports.get((self.path, self.headers["JOB-TOKEN"]))
        self.send_response(200 if report else 404)
        self.end_headers()
        self.wfile.write(report or b'{"message": "404 Not Found"}')

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def gitlab(reports):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), LastReport)
    server.reports = reports
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v4"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Gitlab(Platform):
    def run_job(self, name, expect=0, **variables):
        return self.run_script("\n".join(GITLAB[name]["script"]), expect, **variables)

    def run_shards(self):
        for shard in range(1, SHARDS + 1):
            self.run_job("shard", CI_NODE_INDEX=str(shard), CI_NODE_TOTAL=str(SHARDS))

    def run_merge_request(self, reports, expect):
        with gitlab(reports) as api:
            return self.run_job("check", expect, CI_MERGE_REQUEST_IID="7", CI_JOB_TOKEN="token", CI_API_V4_URL=api,
                                CI_PROJECT_ID="42", CI_DEFAULT_BRANCH="trunk")

    def test_the_default_branch(self):
        said = self.run_job("check")
        self.assertIn("\n311 passed, 0 failed", said)
        self.assert_reports("run", 311, 0)
        self.assert_badge("311")
        for path in [*GITLAB["check"]["artifacts"]["paths"], GITLAB["check"]["artifacts"]["reports"]["junit"]]:
            self.assertTrue((self.work / path).is_file(), path)
        self.run_job("pages")
        self.assertEqual(self.file("public/index.html"), self.file("run.html"))
        self.assertTrue(self.file("public/badge.svg"))
        self.break_program()
        self.run_job("check", expect=1)

    def test_a_merge_request_fails_by_what_is_new(self):
        require("curl", "curl")
        self.run_job("check")
        path = "/api/v4/projects/42/jobs/artifacts/trunk/raw/run.json?job=check"
        reports = {(path, "token"): (self.work / "run.json").read_bytes()}
        self.break_program()
        self.assertIn("newly failing", self.run_merge_request(reports, expect=3).lower())
        reports = {(path, "token"): (self.work / "run.json").read_bytes()}
        self.run_merge_request(reports, expect=0)
        self.remove("main.json")
        self.assertIn("no report of trunk", self.run_merge_request({}, expect=1))

    def test_shards_give_the_report_of_the_whole(self):
        self.run_shards()
        self.run_job("merge")
        self.assert_reports("merged", 311, 0)
        self.run_job("check")
        self.assert_the_same_run("merged.json", "run.json")


if __name__ == "__main__":
    main()
