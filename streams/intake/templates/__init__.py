"""XLSX templates for what units still report by hand: declared once, written for them, read back without a mapping."""
