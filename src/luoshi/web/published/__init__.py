"""What is public, as everybody reads it: the files that were published and nothing else."""
