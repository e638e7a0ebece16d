"""The office's desk: what waits, chasing, slips, inspections, close-out, look-back, papers, notices."""
