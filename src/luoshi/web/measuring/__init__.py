"""Measuring a site under load: a large district made up, the server driven as people would, what it took."""
