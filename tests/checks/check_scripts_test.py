#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks of scripts/ catch what they are for: each case writes a small tree with one fault."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
LICENCE = "// SPDX-License-Identifier: GPL-2.0-or-later\n"


class ScriptCase(unittest.TestCase):
    script = ""

    def run_on(self, files):
        """Runs the script on a tree of {name: text}; returns (exit status, stderr)."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            result = subprocess.run([sys.executable, str(SCRIPTS / self.script), folder],
                                    capture_output=True, text=True, check=False)
        return result.returncode, result.stderr

    def accepts(self, files):
        status, message = self.run_on(files)
        self.assertEqual((status, message), (0, ""))

    def refuses(self, files, text):
        status, message = self.run_on(files)
        self.assertEqual(status, 1, message)
        self.assertIn(text, message)


class Includes(ScriptCase):
    script = "check_includes.py"

    def test_an_arrow_that_points_down_is_accepted(self):
        self.accepts({"driver/core/core.cpp": '#include "driver/regs/isp.hpp"\n#include <cstdint>\n',
                      "driver/regs/isp.hpp": '#include "driver/base/result.hpp"\n',
                      "driver/base/result.hpp": '#include "driver/port/port_types.h"\n',
                      "driver/port/port_types.h": "#include <stdint.h>\n"})

    def test_an_arrow_that_points_up_is_refused(self):
        self.refuses({"driver/graph/links.cpp": '#include "driver/core/core.hpp"\n',
                      "driver/core/core.hpp": "\n"}, "driver/core is drawn above driver/graph")

    def test_a_port_wrapper_stands_above_base(self):
        self.refuses({"driver/base/ring.hpp": '#include "driver/port/lock.hpp"\n',
                      "driver/port/lock.hpp": "\n"}, "drawn above")

    def test_the_core_must_not_include_its_home_or_the_model(self):
        for home in ("host", "model"):
            self.refuses({"driver/core/core.cpp": f'#include "{home}/x.hpp"\n', f"{home}/x.hpp": "\n"},
                         f"driver/ must not include {home}/")

    def test_the_core_must_not_include_the_hosted_library(self):
        self.refuses({"driver/core/core.cpp": "#include <vector>\n"}, "not a freestanding header")

    def test_the_core_must_not_include_kernel_types(self):
        self.refuses({"driver/input/a.cpp": '#include "sensor/tx-isp-common.h"\n',
                      "include/sensor/tx-isp-common.h": "\n"}, "kernel types")

    def test_the_model_sees_registers_and_nothing_else_of_the_driver(self):
        self.accepts({"model/a.cpp": '#include "driver/regs/x.hpp"\n', "driver/regs/x.hpp": "\n"})
        self.refuses({"model/a.cpp": '#include "driver/core/x.hpp"\n', "driver/core/x.hpp": "\n"},
                     "model/ must not include driver/core/")

    def test_tests_of_the_model_use_raw_offsets(self):
        self.refuses({"tests/model/a.cpp": '#include "driver/regs/x.hpp"\n', "driver/regs/x.hpp": "\n"},
                     "tests/model/ must not include driver/regs/")

    def test_a_missing_folder_is_a_usage_error(self):
        result = subprocess.run([sys.executable, str(SCRIPTS / self.script), "/nonexistent"],
                                capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn("no such folder", result.stderr)


class Sources(ScriptCase):
    script = "check_sources.py"

    def test_a_licensed_file_is_accepted(self):
        self.accepts({"driver/a.cpp": LICENCE + "int a;\n", "README.md": "# Camera\n"})

    def test_a_file_without_licence_is_refused(self):
        self.refuses({"driver/a.cpp": "int a;\n"}, "driver/a.cpp:1: no line")

    def test_unfinished_work_is_refused(self):
        for word in ("TO" + "DO", "FIX" + "ME", "for" + " now"):
            self.refuses({"a.cpp": LICENCE + f"// {word}: later\n"}, "a.cpp:2: unfinished work")

    def test_vendor_symbols_are_refused(self):
        self.refuses({"a.cpp": LICENCE + "int ti" + "sp_init();\n"}, "vendor's symbol name")
        self.accepts({"a.md": "The node /dev/tisp is the tuning daemon's.\n"})

    def test_a_file_that_tests_share_is_refused(self):
        shared = '  auto path = std::filesystem::temp_directory_path() / "trace.csv";\n'
        own = '  auto path = testing::TempDir() + std::to_string(getpid()) + ".csv";\n'
        self.refuses({"tests/a.cpp": LICENCE + shared}, "tests/a.cpp:2: a file that tests share")
        self.accepts({"tests/a.cpp": LICENCE + own, "tools/a.cpp": LICENCE + shared})

    def test_a_sensor_by_name_in_the_driver_is_refused(self):
        text = LICENCE + 'bool slow(const char* name) { return equal(name, "sc3335"); }\n'
        self.refuses({"driver/input/x.cpp": text}, "a sensor by name")
        self.accepts({"sensors/x.c": text})

    def test_machine_paths_are_refused(self):
        self.refuses({"a.md": "see /wo" + "rk/x\n"}, "a path of one machine")
        self.accepts({"a.md": "a frame/wo" + "rk/x of paths\n"})

    def test_a_missing_final_newline_is_refused(self):
        self.refuses({"a.md": "text"}, "no newline at the end")


if __name__ == "__main__":
    unittest.main()
