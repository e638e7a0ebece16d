"""The verbs of the command line that need the web application, one file a verb; ``luoshi.cli`` finds them by name."""
