// Prints what TypeORM's decorators have stored of a project's entities:
//     node dump_typeorm.cjs FILE < models.json
// The sources are compiled with the metadata of types that TypeORM reads.
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");
require("reflect-metadata");

require.extensions[".ts"] = (module, file) => {
  const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), {
    compilerOptions: { module: "commonjs", target: "es2022", experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false },
  });
  module._compile(outputText, file);
};

const { getMetadataArgsStorage, DefaultNamingStrategy } = require("typeorm");
const said = JSON.parse(fs.readFileSync(0, "utf8"));
require(path.resolve(process.argv[2]));
const storage = getMetadataArgsStorage();
const naming = new DefaultNamingStrategy();

function lineage(target) {
  const found = [];
  for (let it = target; it && it.prototype; it = Object.getPrototypeOf(it)) found.unshift(it);
  return found;
}

const isOf = (targets) => (it) => targets.includes(it.target);
const called = (it) => (typeof it === "function" && !it.prototype ? it() : it);

function typeOf(column, words) {
  const { type, length, array } = column.options;
  const name = typeof type === "function" ? type.name : type;
  const whole = `${name}${length ? `(${length})` : ""}${array ? "[]" : ""}`;
  const same = words !== undefined && (words.toLowerCase() === whole.toLowerCase() || type === undefined || (name === "Object" && !words.includes("(")) || (name === "String" && !/^(number|boolean|Date)/.test(words) && !length));
  return same ? words : whole;
}

function defaultOf(column, words) {
  const given = column.options.default;
  if (given === undefined || given === null) return null;
  if (typeof given === "function") return words?.startsWith("() =>") ? words : "function";
  return typeof given === "string" ? `'${given}'` : String(given);
}

function columnsOf(targets, prefix = "") {
  const own = storage.columns.filter(isOf(targets)).map((it) => [prefix + it.propertyName, it]);
  for (const it of storage.embeddeds.filter(isOf(targets))) {
    own.push(...columnsOf(lineage(it.type()), `${prefix}${it.propertyName}.`));
  }
  return own;
}

const tables = new Map(storage.tables.filter((it) => ["regular", "entity-child", "view"].includes(it.type)).map((it) => [it.target, it]));

function tableOf(target) {
  const args = tables.get(target);
  if (args.type === "entity-child") return tableOf(Object.getPrototypeOf(target));
  const name = naming.tableName(target.name, args.name);
  return args.schema ? `${args.schema}.${name}` : name;
}

function inverseOf(relation) {
  const { inverseSideProperty: inverse } = relation;
  const name = typeof inverse === "function" ? inverse(new Proxy({}, { get: (_, key) => key })) : inverse;
  const target = called(relation.type);
  return storage.relations.find((it) => lineage(target).includes(it.target) && it.propertyName === name);
}

const joined = (list, relation) => list.find((it) => it.target === relation.target && it.propertyName === relation.propertyName);

function viaOf(relation) {
  const other = inverseOf(relation);
  if (relation.relationType === "many-to-many") {
    const owner = joined(storage.joinTables, relation) ? relation : other;
    if (!owner) return "";
    const { name } = joined(storage.joinTables, owner);
    return name ?? naming.joinTableName(tableOf(owner.target), tableOf(called(owner.type)), owner.propertyName);
  }
  const holds = relation.relationType === "many-to-one" || joined(storage.joinColumns, relation);
  const holder = holds ? relation : other;
  if (!holder) return "";
  return joined(storage.joinColumns, holder)?.name ?? `${holder.propertyName}Id`;
}

const models = [...tables.keys()].map((target) => {
  const targets = lineage(target);
  const known = said.find((it) => it.name === target.name)?.fields ?? [];
  const listed = [...storage.indices.filter(isOf(targets)), ...storage.uniques.filter(isOf(targets)).map((it) => ({ ...it, unique: true, constraint: true }))];
  const indexes = listed
    .map((it) => ({ fields: it.columns, unique: it.unique ?? false, constraint: it.constraint }))
    .filter((it) => Array.isArray(it.fields));
  const alone = indexes.filter((it) => it.unique && it.fields.length === 1).map((it) => it.fields[0]);
  const relations = storage.relations.filter(isOf(targets));
  return {
    name: target.name,
    table: tableOf(target),
    fields: columnsOf(targets).map(([name, it]) => {
      const words = known.find((field) => field.name === name);
      return {
        name,
        type: typeOf(it, words?.type),
        nullable: (it.options.nullable ?? it.mode === "deleteDate") === true,
        unique: it.options.unique === true || alone.includes(name),
        primary_key: it.options.primary === true,
        default: defaultOf(it, words?.default),
      };
    }),
    relations: relations.map((it) => ({ name: it.propertyName, target: called(it.type).name, kind: it.relationType, via: viaOf(it) })),
    indexes: indexes.filter((it) => !(it.constraint && it.fields.length === 1)).map(({ fields, unique }) => ({ fields, unique })),
  };
});
process.stdout.write(JSON.stringify(models));
