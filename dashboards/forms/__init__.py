"""A table as a file: CSV, XLSX or Parquet of the same rows, for data API and screens alike."""
