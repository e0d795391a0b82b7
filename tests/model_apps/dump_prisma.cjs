// Prints what Prisma itself knows of the models of a schema: node dump_prisma.cjs FOLDER < models.json
// Defaults are values in Prisma and words in Backwright: words that mean the same are printed as
// they are.
const fs = require("node:fs");
const path = require("node:path");
const { getDMMF } = require("@prisma/internals");

const folder = process.argv[2];
const schema = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith(".prisma"))
  .map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]);
const said = JSON.parse(fs.readFileSync(0, "utf8"));

function words(value) {
  if (value && typeof value === "object" && !Array.isArray(value)) {
    const inner = value.args.map((it) => JSON.stringify(it)).join(", ");
    return `${value.name.replace(/\(\d+\)$/, "")}(${inner})`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function defaultOf(field, known) {
  if (!field.hasDefaultValue) return null;
  const own = words(field.default);
  if (!known) return own;
  const bare = known.replace(/^"(.*)"$/, "$1");
  const alike = [own, own.replace("(4)", "()")].includes(bare);
  const list = Array.isArray(field.default) && bare === words(field.default).replace(/","/g, '", "');
  return alike || list || Number(own) === Number(bare) ? known : own;
}

getDMMF({ datamodel: schema }).then(({ datamodel }) => {
  const models = Object.fromEntries(datamodel.models.map((it) => [it.name, it]));
  const found = datamodel.models.map((model) => {
    const known = said.find((it) => it.name === model.name) ?? { fields: [] };
    // What Prisma can't read or write is in no model of its own.
    const unsupported = known.fields.filter((it) => it.type.startsWith("Unsupported"));
    const keys = model.primaryKey?.fields ?? [];
    const relations = [];
    const fields = [...unsupported];
    for (const field of model.fields) {
      if (field.kind !== "object") {
        const words = known.fields.find((it) => it.name === field.name);
        fields.push({
          name: field.name,
          type: field.isList ? `${field.type}[]` : field.type,
          nullable: !field.isRequired,
          unique: field.isUnique || model.uniqueFields.some((it) => it.join() === field.name),
          primary_key: field.isId || keys.includes(field.name),
          default: defaultOf(field, words?.default),
        });
        continue;
      }
      const other = models[field.type].fields.find(
        (it) => it.relationName === field.relationName && it !== field && it.type === model.name,
      );
      const own = field.relationFromFields;
      let kind = "one-to-one";
      if (field.isList) kind = other.isList ? "many-to-many" : "one-to-many";
      else if (other.isList) kind = "many-to-one";
      const via =
        kind === "many-to-many" ? `_${field.relationName}` : (own.length ? own : other.relationFromFields).join(", ");
      relations.push({ name: field.name, target: field.type, kind, via });
    }
    const indexes = datamodel.indexes
      .filter((it) => it.model === model.name && ["normal", "unique"].includes(it.type))
      .map((it) => ({ fields: it.fields.map((f) => f.name), unique: it.type === "unique" }))
      .filter((it) => !it.unique || it.fields.length > 1);
    return { name: model.name, table: model.dbName ?? model.name, fields, relations, indexes };
  });
  process.stdout.write(JSON.stringify(found));
});
