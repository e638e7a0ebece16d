"""Reading a report: bringing it in, its text with what was read beside it, and putting right how it was read."""
