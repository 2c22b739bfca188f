-- Every case that makes the gap to the national portal, as the screens list it. Parameters: indicator, first, last.
SELECT unit, subject, cause FROM case_gap(%(indicator)s, %(first)s, %(last)s, NULL) WHERE cause IS NOT NULL;
