"""Checking a draft: findings beside the text, for its owner and nobody else, until the site forgets it."""
