"""One small program a system, each run in the system's own environment; they import nothing of Footnote's.

Only `footnote_driver` does, and runs in the environment of the benchmark.
"""
