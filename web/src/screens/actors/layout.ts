import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import type { Schemas } from "@/data/types.gen";

export interface Placed {
  id: string;
  name: string;
  incidents: number;
  x: number;
  y: number;
  radius: number;
}

type Node = Placed & SimulationNodeDatum;
type Tie = SimulationLinkDatum<Node> & { incidents: number };
const WORK = 30_000; // node moves of a layout: fewer rounds for more parties, so that it stays quick

/** How parties stood to each other: against, beside, or both. */
export function kindOf(
  edge: Pick<Schemas["Edge"], "against" | "beside">,
): "against" | "beside" | "mixed" {
  if (edge.against > 0 && edge.beside > 0) return "mixed";
  return edge.against > 0 ? "against" : "beside";
}

/** Places parties so that those of the same incidents are near; the same network gives the same picture. */
export function layout(network: Pick<Schemas["Network"], "nodes" | "edges">): Map<string, Placed> {
  const nodes: Node[] = network.nodes.map((node) => ({
    id: node.id,
    name: node.name,
    incidents: node.incidents,
    x: Number.NaN,
    y: Number.NaN,
    radius: 4 + 3 * Math.sqrt(node.incidents),
  }));
  const known = new Set(nodes.map((node) => node.id));
  const ties: Tie[] = network.edges
    .filter((edge) => known.has(edge.source) && known.has(edge.target))
    .map((edge) => ({ source: edge.source, target: edge.target, incidents: edge.incidents }));
  const simulation = forceSimulation<Node>(nodes)
    .force(
      "link",
      forceLink<Node, Tie>(ties)
        .id((node) => node.id)
        .distance(60)
        .strength(0.3),
    )
    .force("charge", forceManyBody<Node>().strength(-240).distanceMax(480))
    .force(
      "collide",
      forceCollide<Node>((node) => node.radius + 5),
    )
    .force("x", forceX<Node>(0).strength(0.07))
    .force("y", forceY<Node>(0).strength(0.11))
    .stop();
  simulation.tick(Math.max(60, Math.min(300, Math.ceil(WORK / Math.max(1, nodes.length)))));
  return new Map(nodes.map((node) => [node.id, node]));
}

/** The busiest parties whose names have room below their discs. */
export function namedOf(placed: Iterable<Placed>, most: number): Set<string> {
  const taken: (readonly [number, number, number, number])[] = [];
  const named = new Set<string>();
  const busiest = [...placed].sort((a, b) => b.incidents - a.incidents || (a.id < b.id ? -1 : 1));
  for (const node of busiest) {
    const half = 3.8 * Math.min(26, node.name.length);
    const top = node.y + node.radius;
    const box = [node.x - half, top, node.x + half, top + 16] as const;
    const free = taken.every(
      (one) => one[2] < box[0] || box[2] < one[0] || one[3] < box[1] || box[3] < one[1],
    );
    if (!free) continue;
    taken.push(box);
    named.add(node.id);
    if (named.size === most) break;
  }
  return named;
}

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The box around all parties, with room for their names. */
export function frameOf(placed: Iterable<Placed>): Frame {
  let [west, north, east, south] = [-100, -70, 100, 70];
  for (const node of placed) {
    west = Math.min(west, node.x - node.radius - 50);
    east = Math.max(east, node.x + node.radius + 50);
    north = Math.min(north, node.y - node.radius - 20);
    south = Math.max(south, node.y + node.radius + 24);
  }
  return { x: west, y: north, width: east - west, height: south - north };
}

export function zoomed(frame: Frame, by: number): Frame {
  const width = frame.width / by;
  const height = frame.height / by;
  return {
    x: frame.x + (frame.width - width) / 2,
    y: frame.y + (frame.height - height) / 2,
    width,
    height,
  };
}
