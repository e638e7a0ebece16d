"""The matter of the cast runs and is behind, on 20 May 2023."""

from behind import lasting_run, running, site_day

__all__ = ["lasting_run", "running", "site_day"]
