"""Where things stand in a template's workbook, for whoever writes it and whoever reads it."""

COVER = "Báo cáo"
REPORTER_CELL = (3, 2)  # row and column of the chosen unit, on the cover
HEADER_ROW = 3
EXAMPLE_ROW = HEADER_ROW + 1
HEADER_WITHIN = 30  # rows; somebody may have put a letterhead above
DATA_ROWS = 2_000  # with drop-downs; what stands below is read too
LISTS = "danh_muc"  # hidden
MARK = "ioc"  # hidden: which template this is
MARKED = "ioc-template"
