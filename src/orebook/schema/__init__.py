"""The file and wire format: pydantic models, frozen, unknown fields forbidden, every field with its unit."""
