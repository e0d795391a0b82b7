"""The schemas of infrastructure files that check-jsonschema carries."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import yaml


def assert_valid(text: str, schema: str) -> Any:
    """The content of a YAML text that the vendored schema of that name holds for."""
    content = yaml.load(text, Loader=_Loader)
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    loaded = json.loads((folder / f"{schema}.json").read_text("utf-8"))
    jsonschema.validators.validator_for(loaded)(loaded).validate(content)
    return content


class _Loader(yaml.SafeLoader):
    """YAML 1.2, as the tools read it: `on` is a word."""


_Loader.yaml_implicit_resolvers = {
    first: [it for it in known if not (it[0].endswith(":bool") and first in "oOyYnN")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
