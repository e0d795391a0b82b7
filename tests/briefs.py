"""Briefs written by hand, for tests of what recipes make of them."""

from __future__ import annotations

from backwright.recipes.brief.brief import Brief, Entity, Field, Relation

BLOG = Brief(
    entities=(
        Entity(
            name="post",
            plural="posts",
            fields=(Field(name="title"), Field(name="content", type="text")),
        ),
        Entity(
            name="comment",
            plural="comments",
            fields=(Field(name="author", maximum=100), Field(name="body", type="text")),
        ),
    ),
    relations=(Relation(source="comment", target="post", via="post"),),
)

SHOP = Brief(
    entities=(
        Entity(
            name="customer",
            plural="customers",
            fields=(
                Field(name="email", type="email", unique=True),
                Field(name="password", type="password"),
                Field(name="phone", type="phone", required=False),
                Field(name="website", type="url", required=False),
                Field(name="birth_date", type="date", required=False),
            ),
        ),
        Entity(
            name="product",
            plural="products",
            fields=(
                Field(name="name", indexed=True),
                Field(name="slug", type="slug", unique=True),
                Field(name="price", type="decimal", minimum=0),
                Field(name="stock", type="integer", minimum=0, default=0),
                Field(name="active", type="boolean", default=True),
                Field(name="attributes", type="json", required=False),
                Field(name="weight", type="float", required=False),
            ),
        ),
        Entity(name="tag", plural="tags", fields=(Field(name="label", unique=True, maximum=30),)),
        Entity(
            name="order",
            plural="orders",
            fields=(
                Field(
                    name="status",
                    type="choice",
                    choices=("pending", "paid", "shipped"),
                    default="pending",
                ),
                Field(name="placed_at", type="datetime"),
                Field(name="reference", type="uuid", unique=True),
            ),
        ),
        Entity(
            name="order_item",
            plural="order_items",
            fields=(
                Field(name="quantity", type="integer", minimum=1, maximum=1000),
                Field(name="views", type="bigint", default=0),
            ),
        ),
        Entity(name="category", plural="categories", fields=(Field(name="name"),)),
        Entity(
            name="profile",
            plural="profiles",
            fields=(Field(name="bio", type="text", required=False),),
        ),
    ),
    relations=(
        Relation(source="order", target="customer", via="customer", on_delete="restrict"),
        Relation(source="order_item", target="order", via="order"),
        Relation(source="order_item", target="product", via="product", on_delete="restrict"),
        Relation(source="product", target="tag", kind="many-to-many", via="tags"),
        Relation(source="category", target="category", via="parent"),
        Relation(
            source="product",
            target="category",
            via="category",
            required=False,
            on_delete="set-null",
        ),
        Relation(source="profile", target="customer", kind="one-to-one", via="customer"),
    ),
)
"""Every type of field and every kind of relation."""

BANK = Brief(
    entities=(
        Entity(name="account", plural="accounts", fields=(Field(name="name"),)),
        Entity(
            name="session",
            plural="sessions",
            fields=(Field(name="date", type="date"), Field(name="type", required=False)),
        ),
        Entity(
            name="column",
            plural="columns",
            fields=(Field(name="amount", type="decimal", minimum=1), Field(name="url", type="url")),
        ),
    ),
    relations=(
        Relation(source="column", target="account", via="from_account"),
        Relation(source="column", target="account", via="to_account"),
    ),
)
"""Names that libraries and languages have as well, and two keys between the same two."""
