// Prints what Drizzle itself knows of a schema: node --import tsx dump_drizzle.mjs FILE < models.json
// A type is words in Backwright: it is printed as it is where the column says that it is of it.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const here = createRequire(path.resolve("package.json"));
const load = async (name) => import(pathToFileURL(here.resolve(name)).href);
const { is, Table, Many, One, Relations, createTableRelationsHelpers, getTableName } = await load("drizzle-orm");
const { PgTable, getTableConfig: ofPg } = await load("drizzle-orm/pg-core");
const { MySqlTable, getTableConfig: ofMySql } = await load("drizzle-orm/mysql-core");
const { SQLiteTable, getTableConfig: ofSqlite } = await load("drizzle-orm/sqlite-core");

const said = JSON.parse(fs.readFileSync(0, "utf8"));
const found = await import(pathToFileURL(path.resolve(process.argv[2])).href);
const tables = Object.entries(found).filter(([, it]) => is(it, Table));
const nameOf = new Map(tables.map(([name, table]) => [table, name]));
const config = (table) => (is(table, PgTable) ? ofPg : is(table, MySqlTable) ? ofMySql : ofSqlite)(table);
const full = (table, { name, schema }) => (schema ? `${schema}.${name}` : name);

const kinds = { integer: ["int"], boolean: ["int"], enum: ["enum"] };
function typeOf(column, words) {
  const plain = words?.replace(/\(.*|\[\]/g, "").toLowerCase() ?? "";
  const own = column.columnType.toLowerCase().replace(/^(pg|mysql|sqlite)/, "");
  const sql = column.getSQLType().toLowerCase();
  const length = words?.match(/length: (\d+)/)?.[1];
  const fits = own.startsWith(plain) || sql.startsWith(plain) || (plain === "mysqlenum" && own === "enumcolumn");
  const sized = !length || Number(length) === column.length;
  const array = (words?.endsWith("[]") ?? false) === (own === "array");
  const inner = own === "array" ? column.baseColumn.getSQLType() === plain : fits;
  return inner && sized && array ? words : sql;
}

function defaultOf(column, words) {
  if (!column.hasDefault || (column.default === undefined && column.defaultFn === undefined)) return null;
  if (column.defaultFn) return words?.startsWith("() =>") ? words : "function";
  if (column.default?.queryChunks) return words ?? "sql";
  const value = JSON.stringify(column.default).replaceAll('"', "'").replaceAll("{'", "{").replace(/'?:/g, ": ");
  return value;
}

const models = tables.map(([name, table]) => {
  const { columns, indexes, primaryKeys, uniqueConstraints, foreignKeys, ...rest } = config(table);
  const keys = primaryKeys.flatMap((it) => it.columns.map((column) => column.name));
  const key = (column) => Object.entries(table).find(([, it]) => it === column || it?.name === column.name)?.[0];
  const known = said.find((it) => it.name === name) ?? { fields: [] };
  const ofOne = [...uniqueConstraints, ...indexes.map((it) => it.config).filter((it) => it.unique)]
    .filter((it) => it.columns.length === 1)
    .map((it) => it.columns[0].name);
  const unique = (it) => it.isUnique || ofOne.includes(it.name);
  const relations = [];
  const declared = Object.values(found).find((it) => is(it, Relations) && it.table === table);
  const described = declared ? declared.config(createTableRelationsHelpers(table)) : {};
  for (const [field, relation] of Object.entries(described)) {
    const target = nameOf.get(relation.referencedTable);
    const own = relation.config?.fields ?? [];
    const back = config(relation.referencedTable).foreignKeys.map((it) => it.reference()).find((it) => it.foreignTable === table);
    let kind = is(relation, Many) ? "one-to-many" : "one-to-one";
    if (own.length && !(own.length === 1 && (unique(own[0]) || own[0].primary))) kind = "many-to-one";
    const other = back?.columns[0];
    const otherKey = other && Object.entries(relation.referencedTable).find(([, it]) => it?.name === other.name)?.[0];
    relations.push({ name: field, target, kind, via: own.length ? own.map(key).join(", ") : (otherKey ?? "") });
  }
  const named = new Set(relations.flatMap((it) => it.via.split(", ")));
  for (const { columns: own, foreignTable } of foreignKeys.map((it) => it.reference())) {
    const field = key(own[0]);
    if (!named.has(field)) relations.push({ name: field, target: nameOf.get(foreignTable), kind: "many-to-one", via: field });
  }
  return {
    name,
    table: full(table, rest),
    fields: columns.map((it) => {
      const words = known.fields.find((field) => field.name === key(it));
      return {
        name: key(it),
        type: typeOf(it, words?.type),
        nullable: !it.notNull && !keys.includes(it.name),
        unique: unique(it),
        primary_key: it.primary || keys.includes(it.name),
        default: defaultOf(it, words?.default),
      };
    }),
    relations,
    indexes: [
      ...indexes.map((it) => ({ fields: it.config.columns.map(key), unique: it.config.unique ?? false })),
      ...uniqueConstraints.filter((it) => it.columns.length > 1).map((it) => ({ fields: it.columns.map(key), unique: true })),
    ],
  };
});
process.stdout.write(JSON.stringify(models));
