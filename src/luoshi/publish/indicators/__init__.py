"""Measured indicators as products: a picture each (SVG, and ECharts options as data), and a workbook."""

from luoshi.publish.indicators.chart import Chart, chart, echarts
from luoshi.publish.indicators.picture import picture, pictures
from luoshi.publish.indicators.workbook import workbook

__all__ = ["Chart", "chart", "echarts", "picture", "pictures", "workbook"]
