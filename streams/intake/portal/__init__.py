"""The national portal's own figures, from a file that was exported there."""
