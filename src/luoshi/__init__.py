"""luoshi (落实): a government work report made into something that can be run, measured and checked."""
