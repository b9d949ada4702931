"""Imports aiogram in a fifth of its time, by building its models on first use.

`aiogram.types` rebuilds some 400 pydantic models as it is imported: 6 seconds and 100 MB, most of
it for types no bot of ours will meet (aiogram #1876, #1891). Here each rebuild asked for during
that import is put off. A model builds itself when first used; for that, the names its annotations
speak of are put where it looks for them: into its own module.
"""

import re
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

WORD = re.compile(r"\w+")


def _lend_names(model: type[BaseModel], names: Mapping[str, object]) -> None:
    """Let the model's module know the names of its annotations, as a rebuild now would."""
    module = vars(sys.modules[model.__module__])
    for base in model.__mro__:
        for annotation in vars(base).get("__annotations__", {}).values():
            for word in WORD.findall(str(annotation)):
                if word in names:
                    module.setdefault(word, names[word])


def import_aiogram() -> None:
    """Import aiogram with its models unbuilt; nothing if it is already here."""
    if "aiogram.types" in sys.modules:
        return
    rebuild, config = vars(BaseModel)["model_rebuild"], BaseModel.model_config

    def put_off(
        model: type[BaseModel], /, *, _types_namespace: Mapping[str, object] | None = None, **_: Any
    ) -> None:
        _lend_names(model, _types_namespace or {})

    BaseModel.model_rebuild = classmethod(put_off)  # type: ignore[assignment,method-assign]
    BaseModel.model_config = ConfigDict(defer_build=True)
    try:
        import aiogram  # noqa: F401  -- what this is all about
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
        BaseModel.model_config = config


import_aiogram()
