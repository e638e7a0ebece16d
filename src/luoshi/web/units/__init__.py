"""The pages of units (单位): what they sign for and report, their people and posts, what is asked of them."""
