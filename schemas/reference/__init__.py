"""Reference data: units, procedures, services, sectors, plans and the working calendar, as dated rows of CSV files.

:mod:`reading` turns folders of files into a :class:`reading.Reference`, :mod:`check` says what is wrong with one,
:mod:`calendar` counts working days. Nothing is read at import. ``README.md`` here says what each file holds and how an
operator replaces it.
"""
