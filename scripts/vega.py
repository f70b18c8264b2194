# SPDX-License-Identifier: MIT
"""Vega-Lite from the package vl-convert-python, without a browser and without network.

    vega.py bundle FILE      write the JavaScript bundle that a report's HTML carries (set-up does this once)
    vega.py svg FOLDER       render every FOLDER/*.vl.json to FOLDER/*.svg
    vega.py missing FOLDER   the same of those that have no FOLDER/*.svg
"""
import json
import os
import sys
from pathlib import Path

import vl_convert

VEGA_LITE = "6.4"


def write(file: Path, text: str) -> None:
    temporary = file.with_name(file.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, file)


def main() -> int:
    match sys.argv[1:]:
        case ["bundle", file]:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            write(Path(file), vl_convert.javascript_bundle(vl_version=VEGA_LITE))
        case ["svg" | "missing" as which, folder]:
            for spec in sorted(Path(folder).glob("*.vl.json")):
                drawing = spec.with_name(spec.name.removesuffix(".vl.json") + ".svg")
                if which == "missing" and drawing.exists():
                    continue
                svg = vl_convert.vegalite_to_svg(
                    json.loads(spec.read_text(encoding="utf-8")), vl_version=VEGA_LITE, allowed_base_urls=[]
                )
                write(drawing, svg)
        case _:
            print(__doc__.strip(), file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
