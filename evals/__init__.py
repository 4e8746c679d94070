"""Eval suites, metrics and benchmarks over the same `Assistant.ask` as everyone else's."""
