"""The command line: which measures to run, one after the other, each in a folder of its own."""
import argparse
import importlib
import shutil
import signal
import sys
import tempfile
import time
import traceback

from harness import report

# In the order of the table in README.md.
NAMES = {
    "content": "content",
    "content-tls": "content",
    "s3": "s3",
    "metadata": "metadata",
    "batch": "batch",
    "slow": "slow",
    "start": "start",
    "intake": "intake",
    "recorders": "recorders",
    "notifications": "notifications",
    "scale-sqlite": "scale",
    "scale-postgresql": "scale",
}


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/run")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=int, default=6, help="load in one round (default 6)")
    parser.add_argument("--quick", action="store_true", help="two rounds of 3 seconds: all of it in about half an hour")
    parser.add_argument("--folder", help="where the files go, some GB of them (default: a temporary folder)")
    parser.add_argument("--list", action="store_true", help="tell the names")
    parser.add_argument("names", nargs="*", default=["all"])
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 2, 3
    if options.list:
        print("\n".join(NAMES))
        return 0
    names = list(NAMES) if options.names == ["all"] else options.names
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        parser.error(f"no measure is named {', '.join(unknown)}; --list tells the names")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    report.head()
    failed = 0
    for name in names:
        folder = tempfile.mkdtemp(prefix=f"aftercall-{name}-", dir=options.folder)
        began = time.monotonic()
        try:
            importlib.import_module(f"measures.{NAMES[name]}").run(name, folder, options)
        except Exception:  # the other measures still have their say
            traceback.print_exc()
            failed = 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return failed


sys.exit(main())
