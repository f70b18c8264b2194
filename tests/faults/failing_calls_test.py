#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One call of the system fails during a run: the run says so or gets over it, and the next one completes the
study."""

import errno
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import counted  # noqa: E402
from faults import STUDY, Case  # noqa: E402

PLACES = 2  # at which a kind of call fails: spread over those that a run makes


def failing(case, call, at=0, error=errno.EIO, name="", times=1):
    return {
        "SPANLAB_FAIL_CALL": call,
        "SPANLAB_FAIL_AT": str(at),
        "SPANLAB_FAIL_ERROR": str(error),
        "SPANLAB_FAIL_NAME": name,
        "SPANLAB_FAIL_TIMES": str(times),
        "SPANLAB_FAIL_UNDER": str(case.folder / "runs"),
        "SPANLAB_FAIL_COUNTER": str(case.folder / "counter"),
    }


def calls(call):
    """How many calls of this kind a run makes, and its scores."""
    with Case(STUDY) as case:
        done = case.run(
            "run",
            "study.lua",
            "--quiet",
            "--jobs",
            "1",
            preload="failing_calls",
            variables=failing(case, call),
        )
        assert done.returncode == 0, done.stderr
        counter = case.folder / "counter"
        return int(counter.read_text()) if counter.exists() else 0, case.scores()


class FailingCalls(unittest.TestCase):
    def check(self, call, at, error, expected):
        with Case(STUDY) as case:
            done = case.run("run", "study.lua", "--quiet", "--jobs", "1", preload="failing_calls",
                            variables=failing(case, call, at, error))
            self.assertIn(done.returncode, (0, 1, 4, 5), done.stderr)
            self.assertNotIn("unexpected", done.stderr)
            self.assertNotIn("terminate called", done.stderr)
            if done.returncode == 0:
                self.assertEqual(case.scores(), expected)
            else:
                self.assertTrue(done.stderr.strip())
            again = case.run("run", "study.lua", "--quiet")
            if again.returncode == 1:  # the trial was marked as failed, with the reason
                self.assertIn("failed", case.run("status", "tiny").stdout)
                again = case.run("rerun", "tiny", "--failed", "--quiet")
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertEqual(case.scores(), expected)

    def test_a_status_that_cannot_be_read_does_not_make_a_finished_trial_an_open_one(self):
        with Case(STUDY) as case:
            self.assertEqual(case.run("run", "study.lua", "--quiet").returncode, 0)
            before = case.scores()
            fault = failing(case, "open", 1, errno.EIO, "status.json", 0)
            told = case.run("run", "study.lua", "--quiet", preload="failing_calls", variables=fault)
            self.assertNotEqual(told.returncode, 0)
            self.assertIn("status.json", told.stderr)
            shown = case.run("status", "tiny", "--json", preload="failing_calls", variables=fault)
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertEqual(json.loads(shown.stdout)["trials"][0]["state"], "unreadable")
            listed = case.run("ls", preload="failing_calls", variables=fault)
            self.assertEqual(listed.returncode, 0, listed.stderr)
            attempts = list((case.folder / "runs/trials").glob("*/attempt-*"))
            self.assertEqual(len(attempts), 1)
            self.assertEqual(case.run("run", "study.lua", "--quiet").returncode, 0)
            self.assertEqual(case.scores(), before)
            self.assertEqual(len(list((case.folder / "runs/trials").glob("*/attempt-*"))), 1)


def add_cases():
    for call, error in (
        ("open", errno.EIO),
        ("write", errno.ENOSPC),
        ("write", errno.EIO),
        ("close", errno.EIO),
        ("fsync", errno.EIO),
        ("rename", errno.ENOSPC),
        ("mkdir", errno.ENOSPC),
    ):
        number, expected = calls(call)
        for place in range(min(PLACES, number)):
            at = 1 + (2 * place + 1) * number // (2 * PLACES)
            name = f"test_{call}_{at}_of_{number}_{errno.errorcode[error]}"
            setattr(FailingCalls, name, lambda self, call=call, at=at, error=error, expected=expected:
                    self.check(call, at, error, expected))


if __name__ == "__main__":
    add_cases()
    counted.main()
