"""Every file of data is valid: languages, their queries, frameworks, recipes."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.index.frameworks import load
from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import frameworks_of, prompt_of, recipes, serves
from backwright.syntax.language import grammar, grammars_folder, languages, shapes
from backwright.verify.packages import known

FRAMEWORKS = sorted(grammars_folder().glob("*/*/framework.toml"))


@pytest.mark.parametrize("name", sorted(languages()))
def test_language_has_a_grammar_and_compiled_shapes(name: str) -> None:
    assert grammar(name).abi_version
    assert shapes(name).pattern_count > 0


@pytest.mark.parametrize("file", FRAMEWORKS, ids=lambda file: file.parent.name)
def test_framework_is_valid_and_named_like_its_folder(file: Path) -> None:
    framework = load(file)
    assert framework.name == file.parent.name
    assert framework.language == file.parent.parent.name


@pytest.mark.parametrize("recipe", recipes().values(), ids=lambda recipe: recipe.id)
def test_recipe_has_a_prompt_and_templates_or_needs_none(recipe: Recipe) -> None:
    assert prompt_of(recipe).strip()
    assert recipe.at == "free" or frameworks_of(recipe) or serves(recipe, "")


@pytest.mark.parametrize(
    ("module", "language", "name"),
    [
        ("slowapi.util", "python", "slowapi"),
        ("flask_limiter", "python", "Flask-Limiter"),
        ("jwt", "python", "PyJWT"),
        ("express-rate-limit", "javascript", "express-rate-limit"),
        ("@nestjs/core", "javascript", "@nestjs/core"),
        ("@hapi/yar", "javascript", None),
        ("node:fs", "javascript", None),
        ("json", "python", None),
    ],
)
def test_package_is_known_by_the_name_it_is_imported_under(
    module: str, language: str, name: str | None
) -> None:
    package = known(module, language)
    assert (package.name if package else None) == name
