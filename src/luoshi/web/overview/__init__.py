"""The overview (总览) for leaders: lights by theme, leader and unit, what got worse, what is asked, what is next."""
