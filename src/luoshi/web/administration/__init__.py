"""Administration: three administrators who cannot do each other's work, and what everybody sets for themselves."""
