"""What shapes are made of."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
SHARE: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
LANGUAGE: Schema = {"type": "string", "enum": ["de", "en"]}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list of such."""
    return {"type": "array", "items": schema}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def a(name: str) -> Schema:
    """A shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**members: Schema) -> Schema:
    """An object that always has these members; later versions may add more."""
    return {"type": "object", "properties": members, "required": list(members)}


def post_about(subject: str) -> Schema:
    """A comment or a reply, with the id of what it is about under this name."""
    return thing(
        id=NUMBER,
        **{subject: NUMBER},
        text=TEXT,
        author=maybe(TEXT),
        reply_to=maybe(NUMBER),
        is_mine=FLAG,
        is_withdrawn=FLAG,
        created_at=MOMENT,
    )
