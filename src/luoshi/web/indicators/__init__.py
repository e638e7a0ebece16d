"""The indicators: where each is and should be, its readings, its path, its light."""
