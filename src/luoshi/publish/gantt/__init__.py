"""The picture of a schedule (Gantt chart), by unit or by chain, as SVG that needs nothing else."""

from luoshi.publish.gantt.chart import gantt

__all__ = ["gantt"]
