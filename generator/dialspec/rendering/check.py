"""The last look at generated text: nothing may have got in but the shapes that our templates make.

Renderers keep spec text inert; this check would notice if one did not. In: the text of one generated file. A module
is parsed, and each statement must be one of a few shapes (imports from a short list, constants, classes with fields
and with methods that only call what the module imports). A page may hold no HTML but the few tags of ours, and no
link but web addresses and pages beside it. All else raises `UnexpectedShape`.
"""

from __future__ import annotations

from dialspec.rendering.markdown_shapes import check_markdown
from dialspec.rendering.module_shapes import check_module
from dialspec.rendering.unexpected import UnexpectedShape

__all__ = ["UnexpectedShape", "check_markdown", "check_module"]
