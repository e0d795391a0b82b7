"""Names in snake_case, spelled as languages and addresses do."""

from __future__ import annotations


def pascal(name: str) -> str:
    """`order_item` → `OrderItem`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)


def camel(name: str) -> str:
    """`order_item` → `orderItem`."""
    whole = pascal(name)
    return whole[:1].lower() + whole[1:]


def kebab(name: str) -> str:
    """`order_items` → `order-items`."""
    return name.replace("_", "-")


def spaced(name: str) -> str:
    """`order_item` → `order item`."""
    return name.replace("_", " ")


def article(name: str) -> str:
    """`an order item`, `a post`."""
    vowel = name[:1] in "aeiou" and not name.startswith(("use", "uni", "eu", "one"))
    return f"{'an' if vowel else 'a'} {spaced(name)}"


def listed(words: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
