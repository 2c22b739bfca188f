"""The screens: each a pure function of what was read to components. Ids stand beside the layout."""
