"""What will be late: per open case the chance to miss its deadline and the day it is expected (docs/forecast.md).

Learned from the cases' own histories, every night anew, and scored every day against what happened.
"""
