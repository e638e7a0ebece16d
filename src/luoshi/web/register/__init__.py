"""The register (任务台账) on the screen: items found, sorted, moved many at once, taken out."""
