# SPDX-License-Identifier: MIT
"""Components with one defect each (broken/) are caught: by `spanlab plugin check` with the right item, and by
a trial with the right message where it can see the defect. What must catch them stands in broken.py."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import broken

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

PLUGINS = ROOT / "build/tests/plugins"
BROKEN = PLUGINS / "broken.so"


def spanlab(*words, folder=None):
    return subprocess.run(["spanlab", *map(str, words)], capture_output=True, text=True, cwd=folder)


def check(*words):
    """Exit status, and component → item → (verdict, message)."""
    run = spanlab("plugin", "check", *words, "--json")
    found = json.loads(run.stdout)["components"]
    return run.returncode, {
        one["component"]: {item["item"]: (item["verdict"], item["message"]) for item in one["items"]}
        for one in found
    }


def chosen(components):
    return [word for component in components for word in ("--component", component)]


def faults(how, places):
    return [(f"{kind}/{how}_in_{kind}_{function}", item, kind, function) for kind, function, item in places]


class Checks(unittest.TestCase):
    maxDiff = None

    def assert_caught(self, found, component, item, text):
        items = found[component].items()
        failed = {name: message for name, (verdict, message) in items if verdict == "failed"}
        self.assertIn(item, failed, component)
        self.assertIn(text, failed[item], component)
        first = next(iter(failed))
        self.assertEqual(first, item, f"{component} fails first in {first}: {failed[first]}")

    def test_defects_are_caught_by_their_items(self):
        status, found = check(BROKEN, *chosen(component for component, *_ in broken.DEFECTS))
        self.assertEqual(status, 3)
        for component, item, text, _ in broken.DEFECTS:
            with self.subTest(component):
                self.assert_caught(found, component, item, text)

    def test_what_a_reader_makes_of_its_file_is_looked_at(self):
        with tempfile.TemporaryDirectory(prefix="spanlab-broken-") as folder:
            for reader in ("good_reader", "long_mention"):
                broken.write_corpus(pathlib.Path(folder), reader)
            words = chosen(["reader/good_reader", "reader/long_mention"])
            status, found = check(BROKEN, *words, "--data-path", folder)
        self.assertEqual(status, 3)
        good = found["reader/good_reader"]
        self.assertEqual(good["sample_file"], ("passed", "good_reader, train: 2 sentences"))
        self.assertEqual({verdict for verdict, _ in good.values()}, {"passed"})
        text = "the entity [0, 1000), which has 3 words"
        self.assert_caught(found, "reader/long_mention", "sample_file", text)

    def test_good_components_keep_the_contract(self):
        status, found = check(BROKEN, *chosen(broken.GOOD))
        told = [
            (component, item, answer)
            for component, items in found.items()
            for item, answer in items.items()
            if answer[0] not in ("passed", "not applicable")
        ]
        self.assertEqual(told, [])
        self.assertEqual(set(found), set(broken.GOOD))
        self.assertEqual(status, 0)

    def test_exceptions_are_caught_in_each_function(self):
        all_faults = faults("throws", broken.IN_TRIAL + broken.BEFORE_TRIALS + broken.OF_READERS)
        status, found = check(BROKEN, *chosen(component for component, *_ in all_faults))
        self.assertEqual(status, 3)
        for component, item, _, _ in all_faults:
            with self.subTest(component):
                self.assert_caught(found, component, item, "no luck")

    def test_crashes_are_caught_in_each_function_and_the_others_are_checked(self):
        all_faults = faults("crashes", broken.IN_TRIAL + broken.BEFORE_TRIALS + broken.OF_READERS)
        components = [component for component, *_ in all_faults]
        status, found = check(BROKEN, *chosen([*components, "head/good_head"]))
        self.assertEqual(status, 3)
        for component, item, _, function in all_faults:
            with self.subTest(component):
                text = f"{broken.CRASH} in {component} of {BROKEN}, {function}"
                self.assert_caught(found, component, item, text)
        self.assertEqual({verdict for verdict, _ in found["head/good_head"].values()}, {"passed"})

    def test_an_endless_loop_is_ended(self):
        for kind, function in [("head", "forward"), ("encoder", "encode")]:
            component = f"{kind}/hangs_in_{kind}_{function}"
            status, found = check(BROKEN, "--component", component, "--limit", 3)
            self.assertEqual(status, 3)
            text = f"did not end within 3 s in {component} of {BROKEN}, {function}"
            self.assert_caught(found, component, "answers", text)

    def test_registration_may_fail_in_any_way(self):
        expected = {
            "throws": "its registration failed: no luck",
            "crashes": broken.CRASH,
            "hangs": "did not end within 3 s",
        }
        for how, text in expected.items():
            file = PLUGINS / f"registration_{how}.so"
            status, found = check(file, "--limit", 3)
            self.assertEqual(status, 3)
            self.assert_caught(found, str(file), "loads", text)


class Trials(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="spanlab-broken-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def run_study(self, components, *words):
        (self.folder / "study.lua").write_text(broken.study(components))
        return spanlab("run", "study.lua", "--plugin-path", BROKEN, *words, folder=self.folder)

    def errors(self, components, *words):
        """Row → the error that its trial ended with."""
        run = self.run_study(components, "--quiet", *words)
        self.assertEqual(run.returncode, 1, run.stderr)
        status = spanlab("status", "broken", "--json", folder=self.folder)
        return {trial["row"]: trial["error"] for trial in json.loads(status.stdout)["trials"]}

    def assert_rows(self, errors, expected):
        for component, text in expected.items():
            with self.subTest(component):
                self.assertIn(text, errors[component.split("/")[1]])

    def test_defects_end_their_trials_with_their_message(self):
        expected = {component: text for component, _, _, text in broken.DEFECTS if text}
        self.assertGreater(len(expected), 10)
        errors = self.errors(list(expected), "--memory", 4 << 30)
        self.assert_rows(errors, expected)
        for component in expected:
            if component != "labeler/out_of_range":
                self.assertIn(component.split("/")[1], errors[component.split("/")[1]])

    def test_exceptions_and_crashes_end_their_trials_with_component_and_function(self):
        expected = {
            component: f"{component} of {BROKEN}: {function}() threw: no luck"
            for component, _, _, function in faults("throws", broken.IN_TRIAL)
        } | {
            component: f"{broken.CRASH} in {component} of {BROKEN}, {function}"
            for component, _, _, function in faults("crashes", broken.IN_TRIAL)
        }
        self.assert_rows(self.errors(list(expected)), expected)

    def test_a_hanging_component_is_named(self):
        component = "loss/hangs_in_loss_forward"
        errors = self.errors([component], "--stuck", "4s")
        self.assert_rows(errors, {component: f"in {component} of {BROKEN}, forward"})

    def test_what_ends_before_the_first_trial_is_named(self):
        for component, _, _, function in faults("crashes", broken.BEFORE_TRIALS):
            with self.subTest(component):
                run = self.run_study([component])
                self.assertEqual(run.returncode, 3, run.stderr)
                self.assertIn(f"{broken.CRASH} in {component} of {BROKEN}, {function}", run.stderr)
        for component, _, _, function in faults("throws", broken.BEFORE_TRIALS):
            with self.subTest(component):
                run = self.run_study([component])
                self.assertEqual(run.returncode, 3, run.stderr)
                self.assertIn(component, run.stderr)
                self.assertIn("no luck", run.stderr)


if __name__ == "__main__":
    counted.main()
