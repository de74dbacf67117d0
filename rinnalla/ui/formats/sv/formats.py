"""As Finland's Swedish writes them: tis 3.11.2026 kl. 10.00."""

DATE_FORMAT = "D j.n.Y"
TIME_FORMAT = r"\k\l. G.i"
DATETIME_FORMAT = r"D j.n.Y \k\l. G.i"
SHORT_DATE_FORMAT = "j.n.Y"
MONTH_DAY_FORMAT = "j.n."
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
NUMBER_GROUPING = 3
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H.%M", "%H:%M"]
