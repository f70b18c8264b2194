# SPDX-License-Identifier: MIT
"""The installed CMake package: what other projects get of it, and what it refuses at once, before anything is
compiled that the program would refuse."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import counted  # noqa: E402

VERSION = re.search(r"project\(spanlab VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
MAJOR, MINOR, _ = map(int, VERSION.split("."))


class Package(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="spanlab-package-"))
        cls.prefix = cls.folder / "prefix"
        subprocess.run(
            ["cmake", "--install", ROOT / "build", "--prefix", cls.prefix], check=True, capture_output=True
        )
        config = (cls.prefix / "lib/cmake/spanlab/spanlabConfig.cmake").read_text()
        cls.built = dict(re.findall(r'set\(spanlab_built_(\w+) "([^"]*)"\)', config))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def configure(self, version, *options):
        """Exit status and messages, blanks between words as one, of a project that asks for `version`."""
        project = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        (project / "empty.cpp").touch()
        (project / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.22)\n"
            "project(mine LANGUAGES CXX)\n"
            f"find_package(spanlab {version} REQUIRED)\n"
            "spanlab_add_plugin(mine empty.cpp)\n"
        )
        done = subprocess.run(
            ["cmake", "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, " ".join(done.stdout.split())

    def fake_torch(self, version):
        """A folder that passes for a LibTorch of that version, as long as nothing is linked."""
        folder = self.folder / f"torch-{version}"
        (folder / "lib").mkdir(parents=True)
        (folder / "lib/libtorch_cpu.so").touch()
        (folder / "lib/libc10.so").write_text("_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE")
        (folder / "include/torch/headeronly").mkdir(parents=True)
        major, minor, patch = version.split(".")
        (folder / "include/torch/headeronly/version.h").write_text(
            f"#define TORCH_VERSION_MAJOR {major}\n"
            f"#define TORCH_VERSION_MINOR {minor}\n"
            f"#define TORCH_VERSION_PATCH {patch}\n"
        )
        return folder

    def compiler(self, name, *options):
        """A compiler that says other things of itself."""
        script = self.folder / name
        script.write_text(f'#!/bin/sh\nexec "{self.built["compiler_file"]}" {" ".join(options)} "$@"\n')
        script.chmod(0o755)
        return script

    def test_the_version_is_asked_for(self):
        self.assertEqual(self.configure(f"{MAJOR}.{MINOR}")[0], 0)
        self.assertEqual(self.configure("")[0], 0)
        for wrong in (f"{MAJOR}.{MINOR + 1}", f"{MAJOR}.{MINOR - 1}", "9.9"):
            status, text = self.configure(wrong)
            self.assertNotEqual(status, 0)
            self.assertIn(f'compatible with requested version "{wrong}"', text)
            self.assertIn(f"version: {VERSION}", text)

    def test_another_libtorch_is_refused_by_name(self):
        folder = self.fake_torch("2.7.99")
        status, text = self.configure("", f"-DTorch_DIR={folder}")
        self.assertNotEqual(status, 0)
        self.assertIn(f"The program in {self.prefix} would refuse the plugin 'mine':", text)
        self.assertIn(
            f"LibTorch: 2.7.99 ({folder}), Spanlab was built with {self.built['torch']}; "
            f"give its folder: -DTorch_DIR={self.built['torch_folder']}",
            text,
        )
        self.assertNotIn("compiler: ", text.split("would refuse")[1])

    def test_another_compiler_is_refused_by_name(self):
        kind, number = self.built["compiler"].split()
        macro = {"gcc": "__GNUC__", "clang": "__clang_major__"}[kind]
        other = self.compiler("other", f"-U{macro}", f"-D{macro}={int(number) + 1}")
        status, text = self.configure("", f"-DCMAKE_CXX_COMPILER={other}")
        self.assertNotEqual(status, 0)
        self.assertIn(
            f"compiler: {kind} {int(number) + 1} ({other}), Spanlab was built with {kind} {number}; "
            f"give it: -DCMAKE_CXX_COMPILER={self.built['compiler_file']}",
            text,
        )
        self.assertNotIn("LibTorch: ", text)
        self.assertNotIn("standard library:", text)

    @unittest.skipUnless(shutil.which("clang++"), "no clang++ here")
    def test_clang_is_another_compiler(self):
        status, text = self.configure("", "-DCMAKE_CXX_COMPILER=clang++")
        self.assertNotEqual(status, 0)
        self.assertIn("compiler: clang", text)

    def test_all_that_differs_is_told_at_once(self):
        headers = self.folder / "headers"
        headers.mkdir()
        (headers / "version").write_text(
            "#define _GLIBCXX_RELEASE 7\n#define _GLIBCXX_USE_CXX11_ABI 0\n#define __GLIBCXX__ 1\n"
        )
        other = self.compiler("older", "-I", str(headers))
        status, text = self.configure(
            "", f"-DCMAKE_CXX_COMPILER={other}", f"-DTorch_DIR={self.fake_torch('2.8.77')}"
        )
        self.assertNotEqual(status, 0)
        self.assertIn("LibTorch: 2.8.77", text)
        self.assertIn(f"standard library: libstdc++ 7 ({other}), Spanlab was built with libstdc++", text)
        self.assertIn("C++11 ABI: 0 (_GLIBCXX_USE_CXX11_ABI), Spanlab was built with 1;", text)
        self.assertIn("in a new build folder", text)


if __name__ == "__main__":
    counted.main()
