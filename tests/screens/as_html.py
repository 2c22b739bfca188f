"""Components as the text of a page: thousands of them stand at once, where Dash would take minutes."""

from html import escape
from typing import Any

from dash.development.base_component import Component

ALWAYS = {"className": "class"}
NEVER = {"id", "children"}


def as_html(part: Any) -> str:
    """Without ids, which stand once on a page."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(map(as_html, part))
    if not isinstance(part, Component):
        return escape(str(part), quote=False)
    known = part.to_plotly_json()
    props = {ALWAYS.get(name, name): value for name, value in known["props"].items() if name not in NEVER}
    if isinstance(style := props.get("style"), dict):
        props["style"] = ";".join(f"{name}:{value}" for name, value in style.items())
    said = "".join(f' {name}="{escape(str(value))}"' for name, value in props.items() if value is not None)
    tag = known["type"].lower()
    return f"<{tag}{said}>{as_html(known['props'].get('children'))}</{tag}>"
