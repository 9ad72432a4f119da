"""The HTML report in a browser: it asks for nothing, complains of nothing, can be read on a small screen, in the dark,
without scripts and with the keyboard alone."""

import importlib.util
import json
import pathlib
import shutil
import tempfile

import browser as chromium
from sigvet import ROOT, TestCase, main, run

# How far text stands out from what is behind it (WCAG 2.2, relative luminance and contrast ratio), for each element
# that has text of its own.
CONTRASTS = """
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(color);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgba(getComputedStyle(e).backgroundColor);
      if (color[3] === 255) return color.slice(0, 3);
      if (color[3] !== 0) throw new Error("a half transparent background of " + e.outerHTML.slice(0, 80));
    }
    throw new Error("no background");
  };
  const pairs = {};
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    if (["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const is_svg = element instanceof SVGElement;
    const front = rgba(is_svg ? style.fill : style.color).slice(0, 3);
    const back = behind(element);
    const [low, high] = [luminance(front), luminance(back)].sort((a, b) => a - b);
    const name = element.tagName + "." + (element.getAttribute("class") || "") + " " + front + " on " + back;
    pairs[name] = (high + 0.05) / (low + 0.05);
  }
  return pairs;
})()
"""

# Elements that stick out at the right of the page, and are in no box that scrolls by itself.
TOO_WIDE = """
[...document.body.querySelectorAll("*")].filter((element) => {
  if (element.getBoundingClientRect().right <= innerWidth + 0.5) return false;
  for (let e = element; e; e = e.parentElement) {
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX)) return false;
  }
  return true;
}).map((element) => element.outerHTML.slice(0, 120))
"""

FOCUSED = """
(() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return { tag: e.tagName, text: e.textContent.trim(), outline: style.outlineStyle,
           width: parseFloat(style.outlineWidth), seen: box.bottom > 0 && box.top < innerHeight && box.width > 0 };
})()
"""


# Wrong on purpose, in languages that are everywhere.
SAMPLES = ("dash-echo-en", "empty-body-hash", "hard-coded-regions", "python-0x2", "secret-with-newline")


class Html(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = chromium.Browser(chromium.find_or_skip())
        cls.addClassCleanup(cls.browser.close)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.wrong, cls.passing = pathlib.Path(folder.name) / "wrong.html", pathlib.Path(folder.name) / "passing.html"
        cls.report = cls.run_samples(pathlib.Path(folder.name))
        done = run("run", "--report", f"html={cls.passing}")
        assert done.returncode == 0, done

    @classmethod
    def run_samples(cls, folder):
        """Writes the page `wrong` of a right port and of wrong ones, and returns the JSON of the run."""
        ports = ["--port", ROOT / "ports/python"]
        for name in SAMPLES:
            shutil.copytree(ROOT / "ports/samples" / name, folder / name)
            manifest = folder / name / "port.yaml"
            manifest.write_text(manifest.read_text().split("\nknown_failures:")[0] + "\n")
            ports += ["--port", folder / name]
        run_json = folder / "run.json"
        done = run("run", *ports, "--filter", "ses/published", "--filter", "sigv4/payloads",
                   "--report", f"html={cls.wrong}", "--report", f"json={run_json}")
        assert done.returncode == 1, done
        return json.loads(run_json.read_text())

    def pages(self):
        testdata = ROOT / "reports/testdata"
        return [self.wrong, self.passing, *(testdata / f"{name}.html" for name in ("report", "ports", "bench"))]

    def test_is_good_html(self):
        spec = importlib.util.spec_from_file_location("check_html", ROOT / "reports/check_html.py")
        check_html = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(check_html)
        for page in self.pages():
            self.assertEqual(check_html.check_file(page), [])

    def test_wide_and_narrow_light_and_dark(self):
        for page in self.pages():
            for width in (1280, 375):
                for dark in (False, True):
                    with self.subTest(page=page.name, width=width, dark=dark):
                        self.browser.open(page, width=width, dark=dark)
                        self.check_page(width)

    def check_page(self, width):
        self.assertEqual(self.browser.complaints(), [])
        self.browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        self.assertEqual(self.browser.evaluate("innerWidth"), width)
        self.assertEqual(self.browser.evaluate(TOO_WIDE), [])
        self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), width)
        contrasts = self.browser.evaluate(CONTRASTS)
        self.assertGreater(len(contrasts), 8)
        self.assertEqual({pair: ratio for pair, ratio in contrasts.items() if ratio < 4.5}, {})

    def test_without_scripts_all_is_there(self):
        self.browser.open(self.wrong, scripts=False)
        self.assertEqual(self.browser.complaints(), [])
        text = self.browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; }),"
                                     "document.body.innerText")
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('button, input').length"), 0)
        self.assertGreater(len(self.report["findings"]), 2)
        for finding in self.report["findings"]:
            for mistake in finding["mistakes"]:
                self.assertIn(mistake["sentence"], text)
                self.assertIn(mistake["remedy"], text)
            for case in finding["cases"]:
                self.assertIn(case.rsplit("/", 1)[1], text)
        for subject in self.report["subjects"]:
            self.assertIn(subject["id"], text)

    def test_says_the_answer_on_the_first_screen(self):
        self.browser.open(self.wrong, width=375, height=700)
        wrong = {
            result["subject"] for result in self.report["results"] if result["verdict"] in ("fail", "error")}
        title = self.browser.evaluate("document.querySelector('h1').innerText")
        self.assertIn(f"{len(wrong)} of ", title)
        self.assertLess(self.browser.evaluate("document.querySelector('h1').getBoundingClientRect().bottom"), 400)
        self.assertIn(f"{len(wrong)} of ", self.browser.evaluate("document.title"))

    def test_filter(self):
        self.browser.open(self.wrong)
        sentence = self.report["findings"][0]["mistakes"][0]["sentence"]
        self.browser.evaluate("document.querySelector('input[type=search]').focus()")
        self.browser.call("Input.insertText", text=sentence.upper())
        shown = self.browser.evaluate("[...document.querySelectorAll('article')].filter((a) => a.checkVisibility())"
                                      ".map((a) => a.querySelector('h3').innerText)")
        self.assertTrue(shown)
        for heading in shown:
            self.assertIn(sentence, heading)
        self.assertRegex(self.browser.evaluate("document.querySelector('[role=status]').innerText"),
                         r"^\d+ of \d+ shown$")
        self.browser.evaluate("document.querySelector('input[type=search]').select()")
        self.browser.press("Delete", 46)
        self.assertEqual(self.browser.evaluate(
            "[...document.querySelectorAll('article')].filter((a) => !a.checkVisibility()).length"), 0)

    def test_links_lead_there(self):
        self.browser.open(self.wrong)
        self.browser.evaluate("document.querySelector('td.failed a').click()")
        where = self.browser.evaluate("(() => { const b = document.querySelector(':target').getBoundingClientRect();"
                                      " return b.top >= -1 && b.top < innerHeight; })()")
        self.assertTrue(where)

    def test_copy(self):
        self.browser.open(self.wrong)
        self.browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        command = self.browser.evaluate("document.querySelector('pre.copy').textContent.trim()")
        self.assertTrue(command.startswith("sigvet "), command)
        self.browser.evaluate("document.querySelector('pre.copy + button').click()")
        label = self.browser.evaluate("new Promise(async (done) => {"
                                      " const b = document.querySelector('pre.copy + button');"
                                      " for (let i = 0; i < 40 && b.innerText === 'Copy'; ++i)"
                                      " await new Promise((next) => setTimeout(next, 25)); done(b.innerText); })")
        self.assertEqual(label, "Copied")
        self.assertEqual(self.browser.evaluate("navigator.clipboard.readText()"), command)

    def test_dark_on_demand(self):
        self.browser.open(self.wrong)
        color = "getComputedStyle(document.body).backgroundColor"
        light = self.browser.evaluate(color)
        self.browser.evaluate("document.querySelector('button.theme').click()")
        dark = self.browser.evaluate(color)
        self.browser.open(self.wrong, dark=True)
        self.assertEqual(self.browser.evaluate(color), dark)
        self.assertNotEqual(light, dark)

    def test_keyboard(self):
        self.browser.open(self.wrong)
        reached = {}
        for _ in range(400):
            self.browser.press("Tab", 9)
            focused = self.browser.evaluate(FOCUSED)
            if focused["tag"] == "BODY":
                if reached:
                    break
                continue
            reached.setdefault(focused["tag"], []).append(focused["text"])
            self.assertTrue(focused["seen"], focused)
            self.assertNotEqual(focused["outline"], "none", focused)
            self.assertGreaterEqual(focused["width"], 1, focused)
        self.assertLessEqual({"A", "BUTTON", "INPUT", "SUMMARY"}, set(reached))
        self.assertIn("Copy", reached["BUTTON"])
        self.browser.evaluate("document.querySelector('summary').focus()")
        self.browser.press("Enter", 13, "\r")
        self.assertTrue(self.browser.evaluate("document.querySelector('details').open"))


if __name__ == "__main__":
    main()
