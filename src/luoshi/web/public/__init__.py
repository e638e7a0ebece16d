"""Publishing: what would be public of a report, putting it out and taking it back, the office's names."""
