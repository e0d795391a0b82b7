// Prints what Sequelize itself knows of a project's models:
//     node --import tsx dump_sequelize.mjs FILE < models.json
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const here = createRequire(path.resolve("package.json"));
const { DataTypes } = here("sequelize");
const said = JSON.parse(fs.readFileSync(0, "utf8"));
const found = await import(pathToFileURL(path.resolve(process.argv[2])).href);
const sequelize = found.sequelize ?? found.default.sequelize;

function sameType(type, words) {
  let value = DataTypes;
  try {
    value = new Function("DataTypes", `return DataTypes.${words}`)(DataTypes);
  } catch {
    return false;
  }
  const made = typeof value === "function" ? new value() : value;
  // SQLite knows no unsigned numbers, so Sequelize forgets that they are.
  const said = (it) => [it.key, it._length, it._precision, it._scale, it.values];
  return JSON.stringify(said(made)) === JSON.stringify(said(type));
}

function defaultOf(attribute, words) {
  const { defaultValue: given } = attribute;
  if (given === undefined || given === null) return null;
  const key = given.key ?? given.constructor?.key;
  if (key) return words?.endsWith(`.${key}`) ? words : key;
  return typeof given === "string" ? `'${given}'` : typeof given === "object" ? JSON.stringify(given) : String(given);
}

const kinds = { BelongsTo: "many-to-one", HasMany: "one-to-many", HasOne: "one-to-one", BelongsToMany: "many-to-many" };

function kindOf(association) {
  const { associationType, target, source, foreignKey } = association;
  const one = Object.values(target.associations).some((it) => it.associationType === "HasOne" && it.target === source && it.foreignKey === foreignKey);
  return associationType === "BelongsTo" && one ? "one-to-one" : kinds[associationType];
}

const models = Object.values(sequelize.models)
  .map((model) => {
    const known = said.find((it) => it.name === model.name)?.fields ?? [];
    return {
      name: model.name,
      table: typeof model.getTableName() === "string" ? model.getTableName() : `${model.getTableName().schema}.${model.getTableName().tableName}`,
      fields: Object.entries(model.getAttributes()).map(([name, it]) => {
        const words = known.find((field) => field.name === name);
        return {
          name,
          type: words && sameType(it.type, words.type) ? words.type : it.type.toSql(),
          nullable: it.allowNull !== false && !it.primaryKey,
          unique: Boolean(it.unique) && !it.primaryKey && typeof it.unique !== "object",
          primary_key: Boolean(it.primaryKey),
          default: defaultOf(it, words?.default),
        };
      }),
      relations: Object.entries(model.associations).map(([name, it]) => ({
        name,
        target: it.target.name,
        kind: kindOf(it),
        via: it.through ? (typeof it.through.model === "string" ? it.through.model : it.through.model.getTableName()) : it.foreignKey,
      })),
      indexes: (model._indexes ?? [])
        .filter((it) => !(it.unique && it.fields.length === 1))
        .map((it) => ({ fields: it.fields, unique: it.unique ?? false })),
    };
  });
process.stdout.write(JSON.stringify(models));
