# SPDX-License-Identifier: MIT
"""Writes the sample corpus with a longer test part, and its card, into FOLDER: what --data-path then names.
Training and development parts are those of datasets/sample, and so are the first test sentences."""
import argparse
import hashlib
import importlib.util
import pathlib
import re
import sys

SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "datasets/sample"


def generator():
    spec = importlib.util.spec_from_file_location("generate", SAMPLE / "generate.py")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def card(folder):
    """The sample's, with the sums of these files."""

    def with_sum(match):
        sum_of_file = hashlib.sha256((folder / match[1]).read_bytes()).hexdigest()
        return f'path = "{match[1]}"\nsha256 = "{sum_of_file}"'

    text = SAMPLE.with_suffix(".toml").read_text(encoding="utf-8")
    return re.sub(r'path = "(\S+)"\nsha256 = "\w+"', with_sum, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", type=int, default=1200, help="sentences of the test part (default 1200)")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    made = generator()
    made.SIZES["test"] = options.test
    folder = options.folder / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    sys.argv = ["generate.py", str(folder)]
    made.main()
    (options.folder / "sample.toml").write_text(card(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
