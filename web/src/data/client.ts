import { fromFiles } from "./files";
import { isStatic } from "./mode";
import type { Operations } from "./types.gen";

type Key = keyof Operations;
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
/** Paths of the API that know a method. */
export type PathOf<M extends Method> = Key extends infer K
  ? K extends `${M} ${infer P}`
    ? P
    : never
  : never;
type Op<M extends Method, P extends string> = `${M} ${P}` extends Key
  ? Operations[`${M} ${P}`]
  : never;
export type Answer<M extends Method, P extends string> = Op<M, P>["answer"];

export interface Request<M extends Method, P extends string> {
  path?: Op<M, P>["path"];
  query?: Op<M, P>["query"];
  body?: Op<M, P>["body"];
  /** The version that the change was made on; the server answers 409 when there is a newer one. */
  version?: string | number;
  signal?: AbortSignal;
}

/** The server said no, or could not be reached (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** The body of the answer: for a conflict it holds the state as it is now. */
    readonly body: unknown = null,
  ) {
    super(message);
    this.name = "ApiError";
  }

  get conflict(): boolean {
    return this.status === 409 || this.status === 412;
  }
}

/** A path template with its parameters filled in; slashes in a value cannot leave their place. */
export function address(
  template: string,
  path: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = template.replace(/\{(\w+)(?::\w+)?\}/g, (_, key: string) =>
    encodeURIComponent(String(path[key] ?? "")),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") search.append(key, String(one));
    }
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

function detail(body: unknown, fallback: string): string {
  if (typeof body !== "object" || body === null) return fallback;
  const found =
    (body as Record<string, unknown>).detail ?? (body as Record<string, unknown>).message;
  if (typeof found === "string") return found;
  if (Array.isArray(found)) {
    return found
      .map((one: { loc?: unknown[]; msg?: string }) => `${one.loc?.at(-1)}: ${one.msg}`)
      .join("; ");
  }
  if (typeof found === "object" && found !== null && "message" in found)
    return String(found.message);
  return fallback;
}

async function parsed(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("json")) return response.text();
  return response.json();
}

/** Calls the API; raises `ApiError` for every answer that is not a good one. */
export async function call<M extends Method, P extends PathOf<M> & string>(
  method: M,
  path: P,
  request: Request<M, P> = {},
): Promise<Answer<M, P>> {
  const { path: inPath, query, body, version, signal } = request;
  if (isStatic()) {
    if (method !== "GET") throw new ApiError(405, "A published release is read-only.");
    return (await fromFiles(path, inPath ?? {}, query ?? {})) as Answer<M, P>;
  }
  const headers: Record<string, string> = { accept: "application/json" };
  const init: RequestInit = { method, headers, credentials: "same-origin", signal: signal ?? null };
  if (body !== undefined) {
    const sent: unknown = body;
    if (sent instanceof FormData || sent instanceof Blob) init.body = sent;
    else {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(sent);
    }
  }
  if (version !== undefined) headers["if-match"] = `"${version}"`;
  let response: Response;
  try {
    response = await fetch(address(path, inPath, query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The server does not answer.");
  }
  const answer = await parsed(response);
  if (!response.ok) {
    throw new ApiError(
      response.status,
      detail(answer, `${response.status} ${response.statusText}`),
      answer,
    );
  }
  return answer as Answer<M, P>;
}

/** `call("GET", …)`, short. */
export function get<P extends PathOf<"GET"> & string>(path: P, request: Request<"GET", P> = {}) {
  return call("GET", path, request);
}
