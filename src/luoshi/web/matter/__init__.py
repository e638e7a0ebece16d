"""The page of one item (事项): everything that is known of it, and the moves that whoever looks may make."""
