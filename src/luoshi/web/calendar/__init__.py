"""The calendar: what is due by day, a subscription of it, and the schedule as a chart with its table."""
