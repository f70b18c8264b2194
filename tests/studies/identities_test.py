# SPDX-License-Identifier: MIT
"""The identities of the trials of every shipped study, as they were when `identities.json` was written.

A trial whose hash changes is trained again by everybody who has it. A change that must make new trials says
in the change log which and why, and writes the file anew: `tests/studies/identities_test.py --write`, with
`spanlab` on PATH.
"""

import concurrent.futures
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PINNED = pathlib.Path(__file__).with_name("identities.json")
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402


def plans():
    """(study, options) of every shipped study, in full and by its quick profile."""
    for study in sorted((ROOT / "experiments").rglob("*.lua")):
        yield str(study.relative_to(ROOT)), ()
        if "quick = " in study.read_text(encoding="utf-8"):
            yield str(study.relative_to(ROOT)), ("--profile", "quick")


def digest(plan):
    """How many trials a plan has, and one sum over their hashes in order."""
    study, options = plan
    with tempfile.TemporaryDirectory() as runs:
        done = subprocess.run(
            ["spanlab", "plan", study, *options, "--json", "--runs", runs],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    if done.returncode != 0:
        return done.stderr
    hashes = [trial["trial"] for row in json.loads(done.stdout)["rows"] for trial in row["trials"]]
    return [len(hashes), hashlib.sha256("\n".join(hashes).encode()).hexdigest()]


def digests():
    chosen = list(plans())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return {
            " ".join((study, *options)): found
            for (study, options), found in zip(chosen, pool.map(digest, chosen))
        }


class Identities(unittest.TestCase):
    def test_trials_of_the_shipped_studies_are_those_of_before(self):
        found, pinned = digests(), json.loads(PINNED.read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(pinned), 50)
        self.assertEqual({name: found.get(name) for name in pinned}, pinned)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in digests().items()]
        PINNED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    else:
        counted.main()
