"""The report's files: guarded writers, each a pure function of what it writes."""
