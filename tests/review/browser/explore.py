"""What every view that shows incidents must hold to."""

from typing import Any


def faults(window: Any, *paths: str) -> dict[str, Any]:
    """What axe finds in either theme, and views that are wider than a narrow or a wide window."""
    found: dict[str, Any] = {}
    for theme in ("light", "dark"):
        window.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for path in paths:
            window.open(path)
            found[f"{theme} {path}"] = window.axe()
    for width in (360, 2560):
        window.page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            window.open(path)
            wide = window.page.evaluate("document.documentElement.scrollWidth")
            found[f"{width} {path}"] = wide if wide > width else None
    return {view: told for view, told in found.items() if told}
