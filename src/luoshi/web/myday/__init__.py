"""今日事今日毕: what a person has to do today, to prepare for tomorrow, to verify and to answer."""
