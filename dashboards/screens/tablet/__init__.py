"""The tablet: the same figures in the light theme, held in the hand."""
