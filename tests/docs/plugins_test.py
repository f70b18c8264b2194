# SPDX-License-Identifier: MIT
"""docs/plugins.md, followed literally: its files are written and its commands run one after the other in one
shell, against an installation. So are the commands of the README in each project that `spanlab plugin new`
writes.

The folder is always the same, so that the compiler's cache knows the sources; what the page promises of time
is measured without it.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

FOLDER = ROOT / "build/tests/outside"
PAGE = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:^<!-- file: (?P<name>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
KINDS = ("encoder", "head", "loss", "sampler", "labeler", "reader")
CACHE = {"CMAKE_CXX_COMPILER_LAUNCHER": "ccache"} if shutil.which("ccache") else {}


def section(title):
    """The text below the heading, up to the next one of its level."""
    level = title[: title.index(" ")]
    return re.split(rf"^{level} ", PAGE.split(f"\n{title}\n")[1], flags=re.M)[0]


def commands(text):
    """The lines of the commands in blocks of `sh`."""
    lines = [line for block in BLOCK.finditer(text) if block["kind"] == "sh"
             for line in block["text"].replace("\\\n", " ").splitlines()]
    return [line for line in lines if line.strip() and not line.startswith("#")]


def environment(more):
    """What a person's shell has who installed nothing but Spanlab."""
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if "build/bin" not in part)
    kept = {"PATH": path, "CCACHE_DIR": os.environ.get("CCACHE_DIR", os.path.expanduser("~/.cache/ccache"))}
    return {"HOME": str(FOLDER / "home"), "LANG": "C.UTF-8", **kept, **more}


def run(script, folder, **more):
    """Runs bash; gives its output, which is shown if it fails."""
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script], cwd=folder, env=environment(more), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise AssertionError(f"exit status {done.returncode}\n{done.stdout[-6000:]}")
    return done.stdout


def script_of(page, begin):
    """All of the page as one script whose first line has the number `begin`: files are written where they
    stand, below the first folder. Lines `@LINE TIMES` say how much processor time was used up to there."""
    lines = ["ROOT=$PWD", "used() { times > \"$ROOT/.used\"; echo \"@$1 $(sed -n 2p \"$ROOT/.used\")\"; }"]
    for block in BLOCK.finditer(page):
        line = page[: block.start("text")].count("\n") + begin
        if block["name"]:
            path = f'"$ROOT"/{shlex.quote(block["name"])}'
            lines.append(f"mkdir -p \"$(dirname {path})\"\ncat > {path} <<'@END'\n{block['text']}@END")
        elif block["kind"] == "sh":
            lines += [f"echo '== docs/plugins.md:{line}'", block["text"], f"used {line}"]
        elif block["kind"] != "text":
            raise AssertionError(f"docs/plugins.md:{line}: a block that is neither run nor written to a file")
    return "\n".join(lines)


def seconds(times):
    """`1m2.5s 0m3.0s` → 65.5"""
    return sum(60 * int(minutes) + float(rest) for minutes, rest in re.findall(r"(\d+)m([\d.]+)s", times))


class Plugins(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(FOLDER, ignore_errors=True)
        (FOLDER / "home").mkdir(parents=True)
        cls.prefix = FOLDER / "prefix"
        run(shlex.join(["cmake", "--install", str(ROOT / "build"), "--prefix", str(cls.prefix)]), FOLDER)
        cls.path = f"{cls.prefix}/bin:{environment({})['PATH']}"

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(FOLDER)

    def test_ten_minutes(self):
        folder = FOLDER / "quick"
        folder.mkdir()
        text = section("## Ten minutes")
        told = run(script_of(text, 0), folder, PATH=self.path)
        used = max(seconds(line) for line in re.findall(r"^@.*$", told, re.M))
        print(f"from `plugin new` to a finished sweep: {len(commands(text))} commands, "
              f"{used:.0f} s of processor time")
        self.assertLessEqual(len(commands(text)), 10)
        self.assertLessEqual(used, 600)
        self.assertRegex(told, r"finished +\w+  epsilon=4, seed 2")
        self.assertGreater(used, 0)
        self.assertTrue((folder / "mine/runs/studies/mine/report/report.md").exists(), told[-3000:])

    def test_the_page(self):
        folder = FOLDER / "page"
        folder.mkdir()
        (folder / "build").symlink_to(ROOT / "build")
        told = run(script_of(PAGE, 1), folder, **CACHE)
        for name in ("mine", "harbour"):
            report = folder / name / f"runs/studies/{name}/report/report.md"
            self.assertTrue(report.exists(), told[-3000:])
        self.assertIn("log.entity.sampler.negatives", told)
        self.assertIn("ports: 2 files are what the card says", told)

    def check_template(self, kind):
        folder = FOLDER / "templates"
        folder.mkdir(exist_ok=True)
        run(f"spanlab plugin new {kind} my_{kind}", folder, PATH=self.path)
        project = folder / f"my_{kind}"
        for path in project.rglob("*"):
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            self.assertNotRegex(f"{path} {text}", r"(?i)my_?(component|kind|version)")
        steps = commands((project / "README.md").read_text(encoding="utf-8"))
        self.assertGreater(len(steps), 4)
        told = run("\n".join(steps), project, PATH=self.path, **CACHE)
        self.assertIn("100% tests passed", told)
        self.assertTrue((project / f"build/my_{kind}.so").exists())
        self.assertTrue((project / f"runs/studies/my_{kind}/report/report.md").exists(), told[-3000:])

    def test_sources_of_the_page_are_formatted(self):
        for block in BLOCK.finditer(PAGE):
            if block["kind"] == "cpp":
                command = [ROOT / ".venv/bin/clang-format", "--assume-filename=x.cpp"]
                formatted = subprocess.run(command, cwd=ROOT, input=block["text"], capture_output=True,
                                           text=True, check=True).stdout
                self.assertEqual(block["text"], formatted, block["name"])


def add(kind):
    setattr(Plugins, f"test_template_{kind}", lambda self: self.check_template(kind))


for each in KINDS:
    add(each)

if __name__ == "__main__":
    counted.main()
