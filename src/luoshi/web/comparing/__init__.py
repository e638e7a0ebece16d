"""Promise and outcome: what became of what the reports of a place promised, and what people decide about it."""
