"""The shell of the web application: layout, components, signing in, navigation. Every page family stands in it."""
