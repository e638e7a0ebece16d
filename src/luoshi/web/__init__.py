"""The web application: a thin door over the engines and the store. Needs the extra ``web``."""
