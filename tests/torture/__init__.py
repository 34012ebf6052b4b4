"""Long runs, driven by `make torture`: fuzzing, growth of time, memory."""
