#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The power goes at each sync of a small study in turn: whatever the disk kept, the study is finished as
without the cut."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import counted  # noqa: E402
from faults import STUDY, Case, Disk  # noqa: E402

POINTS = 13  # no multiple of the modes: repeated with other syncs, each meets all


class PowerCut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Case(STUDY) as case:
            disk = Disk(case.folder)
            done = case.run("run", "study.lua", "--quiet", preload="power_cut", variables=disk.variables())
            assert done.returncode == 0, done.stderr
            cls.expected, cls.syncs = case.scores(), disk.syncs()
            disk.close()
        assert len(cls.expected) == 1

    def check(self, cut, mode):
        """The power goes at the sync numbered `cut`."""
        with Case(STUDY) as case:
            disk = Disk(case.folder)
            case.run(
                "run",
                "study.lua",
                "--quiet",
                "--jobs",
                "1",
                preload="power_cut",
                variables=disk.variables(cut),
            )
            self.assertTrue(disk.is_cut())
            disk.restore(mode)
            planned = (case.folder / "runs/studies/tiny/plan").exists()
            state = case.run("status", "tiny", "--json")
            listed = case.run("ls", "--json")
            self.assertEqual(listed.returncode, 0, listed.stderr)
            self.assertEqual(state.returncode, 0 if planned else 2, state.stderr)
            if planned:
                self.check_states(case, json.loads(state.stdout), json.loads(listed.stdout))
            done = (
                case.run("resume", "tiny", "--quiet") if planned else case.run("run", "study.lua", "--quiet")
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(case.scores(), self.expected)
            report = case.run("report", "tiny", "--json")
            self.assertEqual(report.returncode, 0, report.stderr)
            self.assertNotIn("–", case.run("report", "tiny").stdout.splitlines()[-1])
            self.assertFalse([file for file in case.finished_files() if b"\0" in file.read_bytes()])
            disk.close()

    def check_states(self, case, state, listed):
        """What is shown as finished has scores, and the two commands agree."""
        shown = {trial["trial"]: trial["state"] for trial in state["trials"]}
        for trial in listed:
            self.assertEqual(shown[trial["trial"]], trial["state"])
            self.assertEqual(trial["state"] == "finished", trial["scores"] is not None)


def add_cases():
    """At syncs over the whole run, the modes in turn."""
    PowerCut.setUpClass()
    modes = list(Disk.MODES)
    step = max(1, PowerCut.syncs // POINTS)
    for number, cut in enumerate(range(1, PowerCut.syncs + 1, step)):
        mode = modes[number % len(modes)]
        setattr(
            PowerCut, f"test_at_sync_{cut:03}_{mode}", lambda self, cut=cut, mode=mode: self.check(cut, mode)
        )


if __name__ == "__main__":
    add_cases()
    counted.main()
