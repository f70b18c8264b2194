# SPDX-License-Identifier: MIT
"""docs/components.md says what the installed components say of themselves."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import components  # noqa: E402
import counted  # noqa: E402


class Components(unittest.TestCase):
    maxDiff = None

    def test_the_page_is_as_it_would_be_written(self):
        written = components.PAGE.read_text(encoding="utf-8")
        self.assertMultiLineEqual(written, components.page(), "write it anew: tests/docs/components.py")


if __name__ == "__main__":
    counted.main()
