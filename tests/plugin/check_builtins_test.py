# SPDX-License-Identifier: MIT
"""Every built-in component keeps the contract, by the command that authors use."""

import json
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

PLUGINS = ROOT / "build/lib/spanlab/plugins"
# What does not apply to a component, besides readers of which no file is at hand.
NOT_APPLICABLE = {"encoder/birnn": {"frozen"}}
NO_WEIGHTS = {"trained", "stored", "decay"}
# Settings that do not go together, as `settings` tells them.
REFUSED = {
    "encoder/birnn": "refuses train_vectors = false",
    "head/pair": 'refuses outputs = { "identify" }',
    "head/span": 'refuses outputs = { "identify" }',
    "labeler/agreement": "refuses low = 1; conflict = 1",
}
OF_SAMPLES = {"sample_file", "seed", "randomness", "state", "threads", "memory", "cost"}


def output(*words):
    return subprocess.run(["spanlab", *words], capture_output=True, text=True)


class Builtins(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.done = output("plugin", "check", PLUGINS, "--json")
        cls.found = json.loads(cls.done.stdout)["components"]

    def items(self, verdict):
        return {
            one["component"]: {item["item"] for item in one["items"] if item["verdict"] == verdict}
            for one in self.found
        }

    def test_all_components_are_checked(self):
        listed = json.loads(output("plugin", "list", "--json").stdout)["components"]
        ours = [one for one in listed if PLUGINS == pathlib.Path(one["file"]).parent]
        builtin = [f"{one['kind']}/{one['id']}" for one in ours]
        self.assertGreater(len(builtin), 25)
        self.assertEqual([one["component"] for one in self.found], builtin)

    def test_nothing_is_wrong_or_doubtful(self):
        told = [
            f"{one['component']} {item['item']}: {item['verdict']}: {item['message']}"
            for one in self.found
            for item in one["items"]
            if item["verdict"] not in ("passed", "not applicable")
        ]
        self.assertEqual(told, [])
        self.assertEqual(self.done.returncode, 0, self.done.stderr)

    def test_what_does_not_apply_is_known(self):
        for component, items in self.items("not applicable").items():
            kind = component.split("/")[0]
            expected = {"loss": NO_WEIGHTS, "reader": OF_SAMPLES}.get(kind, set())
            self.assertLessEqual(items, expected | NOT_APPLICABLE.get(component, set()), component)

    def test_refused_settings_are_known(self):
        told = {
            one["component"]: item["message"]
            for one in self.found
            for item in one["items"]
            if item["item"] == "settings" and item["message"]
        }
        self.assertEqual(told.keys(), REFUSED.keys())
        for component, message in told.items():
            self.assertTrue(message.startswith(REFUSED[component]), message)

    def test_gradients_and_threads_are_asked_for(self):
        passed = self.items("passed")
        for component, items in passed.items():
            kind = component.split("/")[0]
            if kind in ("encoder", "head", "loss"):
                self.assertLessEqual({"gradients", "finite", "state"}, items, component)
            if kind in ("encoder", "head", "sampler", "labeler"):
                self.assertIn("threads", items, component)

    @classmethod
    def tearDownClass(cls):
        seconds = sum(item["seconds"] for one in cls.found for item in one["items"])
        print(f"{len(cls.found)} components in {seconds:.1f} s")


if __name__ == "__main__":
    counted.main()
