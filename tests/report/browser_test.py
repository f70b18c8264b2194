# SPDX-License-Identifier: MIT
"""report.html in a browser: nothing cut off at 400 and 1,280 px, linked tables and charts, keyboard, dark and
paper. Pictures of it lie in build/pages afterwards."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import browser  # noqa: E402
import counted  # noqa: E402
import made_up_store  # noqa: E402

PICTURES = ROOT / "build/pages"
DRAWN = "document.getElementById('drawn').textContent"

# Every element that reaches out of the window, but for those in boxes that scroll; and the texts of charts
# that reach out of their drawing.
CUT_OFF = """(() => {
  const name = (element) => element.tagName + ": " + element.textContent.slice(0, 60);
  const scrolls = (element) => element.closest(".wide, pre, caption");
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return !scrolls(element) && box.width && (box.right > screen.width + 1 || box.left < -1);
  });
  const texts = [...document.querySelectorAll(".chart svg text")].filter((text) => {
    const box = text.getBoundingClientRect(), all = text.closest("svg").getBoundingClientRect();
    return box.width && (box.right > all.right + 1 || box.left < all.left - 1);
  });
  return [...wide, ...texts].map(name);
})()"""

# What is pale in the charts that are shown, and what is not: [pale, clear].
SHADES = """(() => {
  const marks = [...document.querySelectorAll("figure:not([hidden]) .mark-symbol path")].filter(
    (mark) => mark.getAttribute("aria-roledescription") === "point" || mark.getAttribute("aria-label"));
  const shade = (mark) => Number(mark.getAttribute("opacity") ?? 1);
  return [marks.filter((m) => shade(m) < 0.2).length, marks.filter((m) => shade(m) >= 0.2).length];
})()"""


def until(page, expression):
    """Waits in the page until the expression is true."""
    return page.value(f"""new Promise((resolve) => {{
        const look = () => {expression} ? resolve(true) : requestAnimationFrame(look); look(); }})""")


class Page(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if not browser.program():
            if os.environ.get("CI"):
                raise AssertionError("chromium is missing")
            raise unittest.SkipTest("chromium is missing")
        PICTURES.mkdir(parents=True, exist_ok=True)
        cls.folder = tempfile.TemporaryDirectory()
        cls.pages = {}
        for name, options in {"plain": {}, "zero": {"zero": True}}.items():
            runs = pathlib.Path(cls.folder.name) / name / "runs"
            made_up_store.Store(runs, **options)
            subprocess.run([ROOT / "build/bin/spanlab", "report", "made-up"], cwd=runs.parent, check=True,
                           capture_output=True)
            cls.pages[name] = runs / "studies/made-up/report/report.html"
        cls.browser = browser.Browser().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    def open(self, name="plain", width=1280, dark=False):
        page = self.browser
        page.said.clear()
        page.device(width, dark=dark)
        page.open(self.pages[name])
        self.assertTrue(until(page, f"{DRAWN} !== ''"))
        self.assertEqual(page.value(DRAWN), "15 of 15 charts drawn")
        return page

    def test_nothing_is_cut_off(self):
        for name in self.pages:
            for width in (400, 1280):
                with self.subTest(page=name, width=width):
                    page = self.open(name, width)
                    page.picture(PICTURES / f"{name}-{width}.png")
                    self.assertLessEqual(page.value("document.documentElement.scrollWidth"), width)
                    self.assertEqual(page.value(CUT_OFF), [])
                    page.value("document.querySelectorAll('details').forEach((each) => each.open = true)")
                    self.assertLessEqual(page.value("document.documentElement.scrollWidth"), width)
                    self.assertEqual(page.said, [])

    def test_a_text_that_is_too_wide_is_noticed(self):
        page = self.open("plain", 400)
        page.value("document.querySelector('h1').style.width = '500px'")
        self.assertEqual(page.value(CUT_OFF), ["H1: made-up"])

    def test_the_answer_comes_first(self):
        page = self.open("zero")
        order = page.value("[...document.querySelectorAll('h2, .warning')].map((e) => e.textContent.trim())")
        self.assertEqual(order[0], "What the numbers say")
        self.assertIn("Beware: 0 in every trial of all rows", order[1])
        titles = [text for text in order if not text.startswith("Beware")]
        known = [text for text in titles if text in {"Results", "Ablations", "Charts", "Set-up", "Appendix"}]
        self.assertEqual(known, ["Results", "Ablations", "Charts", "Set-up", "Appendix"])
        bold = page.value("[...document.querySelectorAll('.rows .best')].map((cell) => cell.textContent)")
        self.assertEqual(len(bold), 2)  # of entity.f1 alone: the zeros are ties
        self.assertIn("none is bold", page.value("document.body.textContent"))

    def test_a_row_stands_out_everywhere(self):
        page = self.open()
        pale, clear = page.value(SHADES)
        self.assertEqual(pale, 0)
        page.click("document.querySelector('tr[data-row=\"1\"] td:last-child')")
        self.assertTrue(until(page, f"{SHADES}[0] > 0"))
        now = page.value(SHADES)
        self.assertEqual(sum(now), pale + clear)
        # Two factors' charts with a mean and three seeds, and a curve of five epochs, show row 1.
        self.assertEqual(now[1], 2 * (1 + 3) + 5)
        lines = page.value("[...document.querySelectorAll('tr.chosen')].map((line) => line.dataset.row)")
        self.assertEqual(lines, ["1"])
        page.picture(PICTURES / "chosen.png")
        page.press("Escape", 27)
        self.assertTrue(until(page, f"{SHADES}[0] === 0"))
        self.assertEqual(page.said, [])

    def test_the_base_model_stands_out_in_both_tables(self):
        page = self.open()
        page.click("document.querySelector('tr[data-row=\"0\"] td')")
        self.assertEqual(page.value("document.querySelectorAll('tr.chosen').length"), 2)

    def test_enter_chooses_a_row(self):
        page = self.open()
        page.value("document.querySelector('tr[data-row=\"2\"] button').focus()")
        page.press("Enter", 13)
        pressed = "document.querySelector('tr[data-row=\"2\"] button').getAttribute('aria-pressed')"
        self.assertEqual(page.value(pressed), "true")
        self.assertTrue(until(page, f"{SHADES}[0] > 0"))
        page.press("Enter", 13)
        self.assertEqual(page.value(pressed), "false")

    def test_a_point_shows_its_trial_and_chooses_its_row(self):
        page = self.open()
        point = "document.querySelector('#chart-0 .mark-symbol.layer_2_marks path')"
        page.point_at(point)
        self.assertTrue(until(page, "document.querySelector('#vg-tooltip-element.visible')"))
        shown = page.value("document.getElementById('vg-tooltip-element').innerText")
        for part in ("trial", "seed", "value"):
            self.assertIn(part, shown)
        page.click(point)
        self.assertTrue(until(page, "document.querySelector('tr.chosen')"))

    def test_curves_are_switched_by_score(self):
        page = self.open()
        places = "[...document.querySelectorAll('.place')]"
        place = f"{places}.find((each) => each.textContent.includes('Learning curves'))"
        shown = f"[...{place}.querySelectorAll('figure:not([hidden]) figcaption')].map((e) => e.innerText)"
        self.assertIn("Learning curve of entity.f1", page.value(shown)[0])
        page.value(f"""(() => {{ const choice = {place}.querySelector('select'); choice.selectedIndex = 2;
            choice.dispatchEvent(new Event('change')); }})()""")
        self.assertEqual(len(page.value(shown)), 1)
        self.assertIn("Learning curve of relation.strict.f1", page.value(shown)[0])
        width = f"{place}.querySelector('figure:not([hidden]) svg').getBoundingClientRect().width"
        self.assertTrue(until(page, f"{width} > 300"))

    def test_dark_pages_are_dark(self):
        light = self.open().picture(PICTURES / "plain-1280.png")
        page = self.open(dark=True)
        self.assertNotEqual(page.picture(PICTURES / "dark-1280.png"), light)
        shade = "getComputedStyle({}).{}.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)"
        self.assertLess(page.value(shade.format("document.body", "backgroundColor")), 3 * 60)
        for text in ("document.body", "document.querySelector('.chart svg text')"):
            part = "color" if text.endswith("body") else "fill"
            self.assertGreater(page.value(shade.format(text, part)), 3 * 180)
        page.call("Emulation.setEmulatedMedia", media="print")
        self.assertEqual(page.value(shade.format("document.body", "backgroundColor")), 3 * 255)

    def test_screen_readers_find_their_way(self):
        page = self.open()
        self.assertEqual(page.value("document.querySelectorAll('main').length"), 1)
        self.assertEqual(page.value("document.documentElement.lang"), "en")
        for wrong in (
            "table:not(:has(caption))", "thead th:not([scope])", "tbody tr:not(:has(th[scope=row]))",
            ".wide:not([aria-label])", "figure:not(:has(figcaption))", "button:empty",
            "select:not(label select)", ".chart:not([aria-label])",
        ):
            self.assertEqual(page.value(f"document.querySelectorAll({wrong!r}).length"), 0, wrong)

    def test_it_prints(self):
        page = self.open()
        page.paper(PICTURES / "printed.pdf")
        self.assertTrue((PICTURES / "printed.pdf").read_bytes().startswith(b"%PDF"))


if __name__ == "__main__":
    counted.main()
