# SPDX-License-Identifier: MIT
"""Runs the unittest cases of a test script so that its last line is `N passed, N failed`, as scripts/test
reads it."""

import io
import sys
import unittest


def main():
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    text = io.StringIO()
    result = unittest.TextTestRunner(stream=text, verbosity=0).run(tests)
    failed = {getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors}
    if failed or not result.testsRun:
        print(text.getvalue())
    for test, reason in result.skipped:
        print(f"skipped {test.id()}: {reason}")
    print(f"{result.testsRun - len(failed) - len(result.skipped)} passed, {len(failed)} failed")
    sys.exit(1 if failed or not result.testsRun else 0)
