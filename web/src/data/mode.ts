/** Whether this is a published, read-only release: data are files beside index.html, no server. */
export function isStatic(): boolean {
  return document.querySelector('meta[name="dateline-mode"]')?.getAttribute("content") === "static";
}
