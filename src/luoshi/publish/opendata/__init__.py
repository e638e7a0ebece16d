"""Open data (开放数据): tables with every column described, the plan, and what it takes to cite and check them."""

from luoshi.publish.opendata.product import opendata

__all__ = ["opendata"]
