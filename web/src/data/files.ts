import { ApiError } from "./client";

/**
 * Answers of a list in a published release: gets all entries and the query, gives what the server
 * would. Screens register theirs with `answerFromFiles`; other paths are one file each.
 */
type Answerer = (
  load: (file: string) => Promise<unknown>,
  query: Record<string, unknown>,
) => Promise<unknown>;

const answerers = new Map<string, Answerer>();
const loaded = new Map<string, Promise<unknown>>();

export function answerFromFiles(path: string, answerer: Answerer): void {
  answerers.set(path, answerer);
}

/** The file of a path: "/api/incidents/{id}" with id "i-1" is data/incidents/i-1.json. */
export function fileOf(template: string, path: Record<string, unknown>): string {
  const inner = template
    .replace(/^\/api\//, "")
    .replace(/\{(\w+)(?::\w+)?\}/g, (_, key: string) => safe(path[key]));
  return `data/${inner}.json`;
}

/** Ids hold ":" and others, which some file systems refuse: all but letters, digits, - and _ as ~hex. */
function safe(value: unknown): string {
  return String(value ?? "").replace(
    /[^A-Za-z0-9_-]/gu,
    (character) => `~${(character.codePointAt(0) ?? 0).toString(16)}~`,
  );
}

function load(file: string): Promise<unknown> {
  let known = loaded.get(file);
  if (!known) {
    known = fetch(file, { credentials: "omit" }).then((response) => {
      if (!response.ok) throw new ApiError(response.status, `This release has no ${file}.`);
      return response.json() as Promise<unknown>;
    });
    known.catch(() => loaded.delete(file));
    loaded.set(file, known);
  }
  return known;
}

export function fromFiles(
  template: string,
  path: Record<string, unknown>,
  query: Record<string, unknown>,
): Promise<unknown> {
  const answerer = answerers.get(template);
  return answerer ? answerer(load, query) : load(fileOf(template, path));
}
