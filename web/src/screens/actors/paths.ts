export function actorPath(id: string): string {
  return `/actors/${encodeURIComponent(id)}`;
}
