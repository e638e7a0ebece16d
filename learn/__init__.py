"""Learns the weights that tell a promise from a wish (``lexicon/weights.csv``) from careful readings."""
