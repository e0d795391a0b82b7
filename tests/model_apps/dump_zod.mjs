// Prints what Zod itself knows of the schemas that a project exports:
//     node --import tsx dump_zod.mjs FILE < models.json
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const said = JSON.parse(fs.readFileSync(0, "utf8"));
const found = await import(pathToFileURL(path.resolve(process.argv[2])).href);
const kept = { ...found.default, ...found };
const names = new Map(Object.entries(kept).map(([name, it]) => [it, name]));

function object(schema) {
  if (schema?._zod?.def.type === "pipe") return object(schema._zod.def.in);
  return schema?._zod?.def.type === "object" ? schema : undefined;
}

const quoted = (value) => (typeof value === "string" ? `'${value}'` : String(value));

function typeOf(schema, top = true) {
  if (names.has(schema)) return names.get(schema);
  const { def } = schema._zod;
  const inner = (it) => typeOf(it, false);
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "nonoptional":
    case "catch":
      return typeOf(def.innerType, top);
    case "pipe":
      return def.in._zod.def.type === "transform" ? typeOf(def.out, top) : typeOf(def.in, top);
    case "lazy":
      return typeOf(def.getter(), top);
    case "array":
      return `array(${inner(def.element)})`;
    case "record":
      return `record(${inner(def.keyType)}, ${inner(def.valueType)})`;
    case "tuple":
      return `tuple(${def.items.map(inner).join(", ")})`;
    case "union":
      return `union(${def.options.map(inner).join(", ")})`;
    case "enum":
      return `enum(${Object.values(def.entries).map(quoted).join(", ")})`;
    case "literal":
      return `literal(${def.values.map(quoted).join(", ")})`;
    default:
      return def.type;
  }
}

function takesNull(schema) {
  const { def } = schema._zod;
  if (["any", "unknown", "null", "nullable"].includes(def.type)) return true;
  return def.innerType ? takesNull(def.innerType) : false;
}

function defaultOf(schema, words) {
  const { def } = schema._zod;
  if (def.type === "default") {
    const getter = Object.getOwnPropertyDescriptor(def, "defaultValue");
    const value = def.defaultValue;
    if (value instanceof Date && getter.get && words?.startsWith("() =>")) return words;
    return Array.isArray(value) ? JSON.stringify(value) : quoted(value);
  }
  return def.innerType && def.type !== "catch" ? defaultOf(def.innerType, words) : null;
}

const alike = { uuid: "string", email: "string", datetime: "string", nativeEnum: "enum" };
const plain = (words) => {
  const [first, ...rest] = words.split("(");
  return [alike[first] ?? first, ...rest].join("(");
};

const models = [];
for (const [name, schema] of Object.entries(kept)) {
  const whole = object(schema);
  if (!whole) continue;
  const known = said.find((it) => it.name === name)?.fields ?? [];
  const fields = Object.entries(whole.shape).map(([key, it]) => {
    const words = known.find((field) => field.name === key);
    const type = typeOf(it);
    const same = words && (plain(words.type) === type || (names.has(it) && words.type === names.get(it)));
    return {
      name: key,
      type: same ? words.type : type,
      nullable: takesNull(it),
      unique: false,
      primary_key: false,
      default: defaultOf(it, words?.default),
    };
  });
  models.push({ name, table: "", fields, relations: [], indexes: [] });
}
process.stdout.write(JSON.stringify(models));
