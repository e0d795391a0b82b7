"""What a request describes: entities, fields, relations, and wishes about how to build them."""
