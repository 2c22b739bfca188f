"""The first view, whole: the wall of cases, the tablet's first pages, the units' numbers, and the page of one case.

It is the frame into which all others are hung, so no :class:`dashboards.views.view.View`: the screens' list
(:mod:`dashboards.screens.registry`) and pages (:mod:`dashboards.pages`) name it.
"""
