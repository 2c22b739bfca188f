"""The views: one folder each, with all that is its own; what they share stands outside, and none imports another.

A new view is a folder and a line here (docs/adding-a-view.md). The order is that of the data API's document.
"""

from dashboards.views.essential import VIEW as ESSENTIAL
from dashboards.views.forecast import VIEW as FORECAST
from dashboards.views.gap import VIEW as GAP
from dashboards.views.process import VIEW as PROCESS
from dashboards.views.score import VIEW as SCORE
from dashboards.views.view import View

VIEWS: tuple[View, ...] = (GAP, SCORE, ESSENTIAL, PROCESS, FORECAST)
IN_PLACE: tuple[View, ...] = tuple(sorted(VIEWS, key=lambda view: view.place))  # as they follow each other on screens
