"""The sample district as a site: an empty database filled from ``luoshi.rehearsal``, move by move, every one sealed."""
