"""Fuzzing: every way into attache, fed with bytes that nobody meant well (`fuzz/README.md`)."""
