"""Checking a draft: findings beside the text; the draft itself is kept nowhere."""
