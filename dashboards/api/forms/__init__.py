"""Every table of the data API as a file too: the rows of the JSON answer, and no others."""
