# SPDX-License-Identifier: MIT
"""Runs every example of the documents, in the order in which they stand.

A block fenced as `sh` is run by bash in a folder that looks like the checkout. A block after the comment
`<!-- file: NAME -->` is written to NAME there; one after `<!-- part of: NAME -->` must stand in that file of
the repository as it is. Blocks fenced as `text` show output and are not run; a block of any other kind needs
such a comment.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "docs"))
import tiny_encoder  # noqa: E402

BLOCK = re.compile(
    r"(?:^<!-- (?P<role>file|part of): (?P<name>\S+) -->\n\n?)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# The wrapper of scripts/test only asks whether the names select a suite: the tests are running already.
WRAPPERS = {
    "spanlab": 'exec "{root}/scripts/spanlab" "$@"\n',
    "test": 'found=$("{root}/scripts/test" --list "$@") && [ -n "$found" ]\n',
}


def documents():
    listed = (
        subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, check=True)
        .stdout.decode()
        .split("\0")
    )
    # The examples of these pages have tests of their own.
    elsewhere = ("reports/", "tests/", "templates/", "docs/language.md", "docs/plugins.md")
    return sorted(name for name in listed if name and not name.startswith(elsewhere))


def make_checkout(folder):
    """A folder with the checkout's inputs, the start scripts' wrappers, and nothing else."""
    for name in ("build", "core", "datasets", "experiments", "plugins", "tests", "reports", "templates"):
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)
    (folder / "scripts").mkdir()
    for path in (ROOT / "scripts").iterdir():
        if path.name in WRAPPERS:
            wrapper = folder / "scripts" / path.name
            wrapper.write_text("#!/usr/bin/env bash\n" + WRAPPERS[path.name].format(root=ROOT))
            wrapper.chmod(0o755)
        else:
            (folder / "scripts" / path.name).symlink_to(path)
    tiny_encoder.write(folder / "downloads" / "my-bert")  # what a reader of docs/data.md has somewhere


class Examples(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="spanlab-docs-"))
        make_checkout(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def run_document(self, name):
        text = (ROOT / name).read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            line = text[:block.start("text")].count("\n") + 1
            with self.subTest(f"{name}:{line}"):
                if block["role"] == "part of":
                    self.assertIn(
                        block["text"], (ROOT / block["name"]).read_text(encoding="utf-8"), f"{name}:{line}"
                    )
                elif block["role"] == "file":
                    path = self.folder / block["name"]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(block["text"], encoding="utf-8")
                elif block["kind"] == "sh":
                    home = self.folder / "home"
                    home.mkdir(exist_ok=True)
                    # The compiler's cache stays where it is; settings of the user's own do not count.
                    variables = {
                        **os.environ,
                        "HOME": str(home),
                        "CCACHE_DIR": os.environ.get("CCACHE_DIR", os.path.expanduser("~/.cache/ccache")),
                    }
                    done = subprocess.run(
                        ["bash", "-eu", "-o", "pipefail", "-c", block["text"]],
                        cwd=self.folder,
                        env=variables,
                        text=True,
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT,
                    )
                    self.assertEqual(done.returncode, 0, f"{name}:{line}\n{done.stdout[-4000:]}")
                else:
                    self.assertIn(
                        block["kind"],
                        ("text", "mermaid"),
                        f"{name}:{line}: a block that is neither run nor written to a file",
                    )

    def test_relative_links_lead_somewhere(self):
        broken = []
        for name in documents():
            prose = BLOCK.sub("", (ROOT / name).read_text(encoding="utf-8"))
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose):
                if "://" not in target and not (ROOT / name).parent.joinpath(target).exists():
                    broken.append(f"{name}: {target}")
        self.assertEqual(broken, [])


def add(name):
    setattr(Examples, "test_" + re.sub(r"\W", "_", name), lambda self: self.run_document(name))


for document in documents():
    add(document)

if __name__ == "__main__":
    counted.main()
