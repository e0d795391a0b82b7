// Prints what Mongoose itself knows of a project's models: node dump_mongoose.mjs FILE < models.json
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const here = createRequire(path.resolve("package.json"));
const mongoose = here("mongoose");
const said = JSON.parse(fs.readFileSync(0, "utf8"));
mongoose.set("autoIndex", false);
mongoose.set("autoCreate", false);
here(path.resolve(process.argv[2]));

function typeOf(type) {
  if (type.instance === "Array") {
    const inner = type.embeddedSchemaType;
    return type.schema || inner?.schema ? "[Embedded]" : `[${inner?.instance ?? "Mixed"}]`;
  }
  return type.schema && type.instance !== "Map" ? "Embedded" : type.instance;
}

function defaultOf(type, words) {
  const { default: given } = type.options;
  if (given === undefined || given === null || type.instance === "Array") return null;
  if (typeof given !== "function") return typeof given === "string" ? `'${given}'` : String(given);
  return words?.startsWith("() =>") || words?.endsWith(given.name) ? words : given.name;
}

const target = (ref) => (typeof ref === "function" ? ref.modelName : ref);

const models = Object.values(mongoose.models).map((model) => {
  const known = said.find((it) => it.name === model.modelName)?.fields ?? [];
  const paths = Object.values(model.schema.paths).filter(
    (it) => it.path !== "__v" && it.path !== model.schema.options.discriminatorKey && !it.path.includes("$*"),
  );
  const relations = paths
    .map((it) => [it, it.options.ref ?? it.embeddedSchemaType?.options?.ref])
    .filter(([, ref]) => ref)
    .map(([it, ref]) => ({
      name: it.path,
      target: target(ref),
      kind: it.instance === "Array" ? "one-to-many" : "many-to-one",
      via: it.path,
    }));
  for (const [name, virtual] of Object.entries(model.schema.virtuals)) {
    if (virtual.options.ref) {
      relations.push({ name, target: virtual.options.ref, kind: virtual.options.justOne ? "one-to-one" : "one-to-many", via: virtual.options.foreignField });
    }
  }
  const declared = model.schema.indexes().map(([fields, options]) => ({ fields: Object.keys(fields), unique: options.unique ?? false }));
  return {
    name: model.modelName,
    table: model.collection.collectionName,
    fields: paths.map((it) => {
      const words = known.find((field) => field.name === it.path);
      return {
        name: it.path,
        type: typeOf(it),
        nullable: !it.isRequired && it.path !== "_id",
        unique: Boolean(it.options.unique),
        primary_key: it.path === "_id",
        default: it.path === "_id" && it.options.auto ? null : defaultOf(it, words?.default),
      };
    }),
    relations,
    indexes: declared.filter((it) => !(it.unique && it.fields.length === 1)),
  };
});
process.stdout.write(JSON.stringify(models));
process.exit(0);
