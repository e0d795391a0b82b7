import marshmallow as ma


class PetSchema(ma.Schema):
    id = ma.fields.Int(dump_only=True)
    name = ma.fields.String(required=True)


class PetQuery(ma.Schema):
    name = ma.fields.String()
    age = ma.fields.Int(required=True)
