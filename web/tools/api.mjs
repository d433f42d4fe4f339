// Writes src/data/types.gen.ts from openapi.json; with --check only compares, and fails when it is out of date.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("openapi.json", root), "utf8"));
const target = new URL("src/data/types.gen.ts", root);

const name = (ref) => ref.split("/").pop().replace(/\W+/g, "_");
const quote = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

/** The TypeScript type of a JSON schema. */
function type(node) {
  if (node === undefined || node === true || Object.keys(node).length === 0) return "unknown";
  if (node.$ref) return `Schemas["${name(node.$ref)}"]`;
  if ("const" in node) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
  const several = node.anyOf ?? node.oneOf;
  if (several) return [...new Set(several.map(type))].join(" | ");
  if (node.allOf) return node.allOf.map(type).join(" & ");
  if (Array.isArray(node.type)) return node.type.map((t) => type({ ...node, type: t })).join(" | ");
  return shape(node);
}

function shape(node) {
  switch (node.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      if (node.prefixItems) return `[${node.prefixItems.map(type).join(", ")}]`;
      return `(${type(node.items)})[]`;
    case "object":
      return record(node);
    default:
      return node.properties ? record(node) : "unknown";
  }
}

function record(node) {
  const required = new Set(node.required ?? []);
  const fields = Object.entries(node.properties ?? {}).map(
    ([key, value]) =>
      `${quote(key)}${required.has(key) || "default" in value ? "" : "?"}: ${type(value)}`,
  );
  if (fields.length > 0) return `{ ${fields.join("; ")} }`;
  const values = node.additionalProperties;
  return values && values !== true ? `Record<string, ${type(values)}>` : "Record<string, unknown>";
}

/** What the client sends may leave out fields that have a default. */
function parameters(operation, place) {
  const fields = (operation.parameters ?? [])
    .filter((parameter) => parameter.in === place)
    .map(
      (parameter) =>
        `${quote(parameter.name)}${parameter.required ? "" : "?"}: ${type(parameter.schema)}`,
    );
  return fields.length > 0 ? `{ ${fields.join("; ")} }` : "Record<never, never>";
}

function body(operation) {
  const content = operation.requestBody?.content ?? {};
  const json = content["application/json"];
  if (json) return json.schema?.$ref ? `Sent<${type(json.schema)}>` : type(json.schema);
  return Object.keys(content).length > 0 ? "FormData | Blob" : "undefined";
}

function answer(operation) {
  const good = Object.entries(operation.responses ?? {}).find(([code]) => code.startsWith("2"));
  const json = good?.[1].content?.["application/json"];
  return json ? type(json.schema) : "undefined";
}

const lines = [
  "// Written by tools/api.mjs from openapi.json (npm run api). Do not edit.",
  "",
  "/** A body as sent: the caller may leave out fields that have a default. */",
  "export type Sent<T> = T extends readonly (infer U)[]",
  "  ? Sent<U>[]",
  "  : T extends object",
  "    ? { [K in keyof T]?: Sent<T[K]> }",
  "    : T;",
  "",
  "export interface Schemas {",
];
for (const [key, node] of Object.entries(schema.components?.schemas ?? {}).sort(([a], [b]) =>
  a < b ? -1 : 1,
)) {
  lines.push(`  ${quote(name(key))}: ${type(node)};`);
}
lines.push("}", "", "export interface Operations {");
for (const [path, methods] of Object.entries(schema.paths).sort(([a], [b]) => (a < b ? -1 : 1))) {
  for (const [method, operation] of Object.entries(methods).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!/^(get|post|put|patch|delete)$/.test(method)) continue;
    const parts = [
      `path: ${parameters(operation, "path")}`,
      `query: ${parameters(operation, "query")}`,
      `body: ${body(operation)}`,
      `answer: ${answer(operation)}`,
    ];
    lines.push(`  "${method.toUpperCase()} ${path}": { ${parts.join("; ")} };`);
  }
}
lines.push("}", "");
const text = lines.join("\n");

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    process.stderr.write("src/data/types.gen.ts is not what openapi.json says: npm run api\n");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
