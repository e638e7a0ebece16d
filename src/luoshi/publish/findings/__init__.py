"""The findings of a check as files: JSON for programs, SARIF for code review tools, one HTML page for people."""

from luoshi.publish.findings.page import page
from luoshi.publish.findings.places import Lines
from luoshi.publish.findings.sarif import sarif
from luoshi.publish.findings.wire import FORMAT, wire

__all__ = ["FORMAT", "Lines", "page", "sarif", "wire"]
