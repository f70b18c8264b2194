# SPDX-License-Identifier: MIT
"""Each SDK header compiles alone. Those without tensors are given to the compiler; for the others, which take
it 4 to 12 seconds each and would find nearly every standard header through LibTorch's, the names that they
use are looked up instead.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

SDK = ROOT / "core/include"
HEADERS = sorted(str(path.relative_to(SDK)) for path in SDK.rglob("*.hpp"))
STANDARD = {
    "string": "string",
    "string_view": "string_view",
    "vector": "vector",
    "map": "map",
    "optional": "optional",
    "span": "span",
    "variant": "variant",
    "function": "functional",
    "unique_ptr": "memory",
    "shared_ptr": "memory",
    "array": "array",
    "set": "set",
    "runtime_error": "stdexcept",
    "size_t": "cstddef|span|string|vector|map",
    "int64_t": "cstdint",
    "int32_t": "cstdint",
    "uint64_t": "cstdint",
    "filesystem": "filesystem",
    "pair": "utility|map|vector",
    "tuple": "tuple",
}


def text(header):
    """The header without comments."""
    return re.sub(r"//[^\n]*", "", (SDK / header).read_text(encoding="utf-8"))


def direct(header):
    return re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)', text(header), re.M)


def reached(header):
    """Every header that is included, by way of SDK headers."""
    seen, todo = set(), [header]
    while todo:
        for name in direct(todo.pop()):
            if name not in seen:
                seen.add(name)
                if name in HEADERS:
                    todo.append(name)
    return seen


def has_tensors(header):
    return any(name.startswith(("ATen/", "torch/", "c10/")) for name in reached(header))


def defined(header):
    """Names of the types that the header defines (not those that it only declares)."""
    return set(
        re.findall(
            r"^(?:class|struct|enum class|using)\s+(?:SPANLAB_API\s+)?(\w+)\b(?!\s*;)", text(header), re.M
        )
    )


class Headers(unittest.TestCase):
    maxDiff = None

    def test_headers_without_tensors_compile(self):
        compiler = os.environ.get("CXX", "c++")

        def compile_alone(header):
            command = [
                compiler,
                "-std=c++20",
                "-fsyntax-only",
                "-Wall",
                "-Wextra",
                "-I",
                str(SDK),
                "-x",
                "c++",
                "-",
            ]
            result = subprocess.run(command, input=f'#include "{header}"\n', capture_output=True, text=True)
            return f"{header}: {result.stderr}" if result.returncode or result.stderr else ""

        chosen = [header for header in HEADERS if not has_tensors(header)]
        self.assertGreater(len(chosen), 5)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            self.assertEqual([wrong for wrong in pool.map(compile_alone, chosen) if wrong], [])

    def test_what_a_header_names_it_includes(self):
        homes = {name: header for header in HEADERS for name in defined(header)}
        wrong = []
        for header in HEADERS:
            source, includes = text(header), reached(header)
            for name in set(re.findall(r"\bstd::(\w+)", source)):
                if name in STANDARD and not set(STANDARD[name].split("|")) & includes:
                    wrong.append(f"{header}: std::{name} needs <{STANDARD[name]}>")
            if "at::Tensor" in source and not includes & {"ATen/core/Tensor.h", "torch/nn/module.h"}:
                wrong.append(f"{header}: at::Tensor needs <ATen/core/Tensor.h>")
            if "torch::nn::Module" in source and "torch/nn/module.h" not in includes:
                wrong.append(f"{header}: torch::nn::Module needs <torch/nn/module.h>")
            forward = set(re.findall(r"^(?:class|struct)\s+(\w+)\s*;", source, re.M))
            for name in set(re.findall(r"\b[A-Z]\w+", source)) & set(homes) - forward:
                if homes[name] != header and name not in defined(header) and homes[name] not in includes:
                    wrong.append(f"{header}: {name} needs {homes[name]}")
            if (
                "SPANLAB_API" in source
                and header != "spanlab/export.hpp"
                and "spanlab/export.hpp" not in includes
            ):
                wrong.append(f"{header}: SPANLAB_API needs spanlab/export.hpp")
        self.assertEqual(wrong, [])

    def test_headers_are_guarded(self):
        self.assertEqual([header for header in HEADERS if "#pragma once" not in text(header)], [])


if __name__ == "__main__":
    counted.main()
