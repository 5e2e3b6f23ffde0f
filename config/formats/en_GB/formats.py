"""How English pages write dates: the month in full, because “Nov” is read out as it stands."""

DATE_FORMAT = "j F Y"
