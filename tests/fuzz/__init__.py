"""Targets for fuzzing, the seeds they start from, and both ways of driving them."""
