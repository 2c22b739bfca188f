"""Tables of a row per event: CSV files and sheets of workbooks, of any topic, by a mapping or by a template."""
