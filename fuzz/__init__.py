"""Feeds every reader with damaged input and keeps what breaks it: ``make fuzz SECONDS=60``, see CONTRIBUTING.md."""
