import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type PointerEvent, useMemo, useRef, useState } from "react";
import { get } from "@/data/client";
import "@/data/release";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { SelectField } from "@/ui/field";
import { Empty, Loaded } from "@/ui/states";
import { type Column, Table } from "@/ui/table";
import { type Frame, frameOf, kindOf, layout, namedOf, type Placed, zoomed } from "./layout";
import { messages } from "./messages";
import { actorPath } from "./paths";

type Network = Schemas["Network"];
type Edge = Schemas["Edge"];
const NAMED = 40;
const LISTED = 60;

/** Who is named with whom: a picture, and a table that says the same. */
export default function NetworkView() {
  const t = useMessages(messages);
  const [params, setSearch] = useSearch();
  const limit = Math.max(2, Math.min(500, Number(params.get("limit") ?? 80) || 80));
  const around = params.get("around") ?? "";
  const query = { limit, around };
  const network = useQuery({
    queryKey: ["network", query],
    queryFn: ({ signal }) => get("/api/network", { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="bar no-print">
        <SelectField
          label={t("howMany")}
          value={String(limit)}
          onChange={(value) => setSearch({ limit: value === "80" ? null : value })}
          options={[30, 80, 200, 500].map((n) => ({ value: String(n), label: String(n) }))}
        />
        {around && <Button onClick={() => setSearch({ around: null })}>{t("everyone")}</Button>}
      </div>
      <Loaded query={network}>
        {(data) =>
          data.edges.length === 0 ? (
            <Empty title={t("networkEmpty")} icon="actors" />
          ) : (
            <div className="network-page">
              <Picture network={data} around={around} />
              <Ties network={data} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function Picture({ network, around }: { network: Network; around: string }) {
  const t = useMessages(messages);
  const placed = useMemo(() => layout(network), [network]);
  const whole = useMemo(() => frameOf(placed.values()), [placed]);
  const [moved, setMoved] = useState<{ of: Frame; frame: Frame } | null>(null);
  const frame = moved?.of === whole ? moved.frame : whole;
  const show = (next: Frame) => setMoved({ of: whole, frame: next });
  const drag = useRef<{ x: number; y: number; frame: Frame } | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [lit, setLit] = useState("");
  const busiest = useMemo(() => namedOf(placed.values(), NAMED), [placed]);
  const near = useMemo(
    () =>
      new Set(
        network.edges
          .filter((edge) => edge.source === lit || edge.target === lit)
          .flatMap((edge) => [edge.source, edge.target]),
      ),
    [network, lit],
  );
  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest("a")) return;
    drag.current = { x: event.clientX, y: event.clientY, frame };
    svg.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    if (!drag.current || !svg.current) return;
    const scale = Math.max(
      drag.current.frame.width / svg.current.clientWidth,
      drag.current.frame.height / svg.current.clientHeight,
    );
    const { frame: start, x, y } = drag.current;
    show({
      ...start,
      x: start.x - (event.clientX - x) * scale,
      y: start.y - (event.clientY - y) * scale,
    });
  };
  const up = () => {
    drag.current = null;
  };
  return (
    <section className="card network">
      <div className="network-frame">
        {/* biome-ignore lint/a11y/useSemanticElements: links inside a picture */}
        <svg
          ref={svg}
          role="group"
          aria-label={t("networkLabel", { n: network.nodes.length, m: network.edges.length })}
          viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
        >
          <g>
            {network.edges.map((edge) => (
              <TieLine
                key={`${edge.source}\n${edge.target}`}
                edge={edge}
                placed={placed}
                lit={lit}
              />
            ))}
          </g>
          {[...placed.values()].map((node) => (
            <Disc
              key={node.id}
              node={node}
              named={busiest.has(node.id) || near.has(node.id) || node.id === lit}
              faint={lit !== "" && node.id !== lit && !near.has(node.id)}
              middle={node.id === around}
              onLit={setLit}
            />
          ))}
        </svg>
        <div className="atlas-tools no-print">
          <Button icon="plus" aria-label={t("zoomIn")} onClick={() => show(zoomed(frame, 1.4))} />
          <Button
            icon="dash"
            aria-label={t("zoomOut")}
            onClick={() => show(zoomed(frame, 1 / 1.4))}
          />
          <Button icon="actors" aria-label={t("reset")} onClick={() => setMoved(null)} />
        </div>
      </div>
      <ul className="network-legend soft">
        <li>
          <svg width="36" height="8" aria-hidden="true">
            <path className="tie against" d="M0 4H36" strokeWidth="2" />
          </svg>
          {t("tieAgainst")}
        </li>
        <li>
          <svg width="36" height="8" aria-hidden="true">
            <path className="tie beside" d="M0 4H36" strokeWidth="2" />
          </svg>
          {t("tieBeside")}
        </li>
        <li>
          <svg width="36" height="8" aria-hidden="true">
            <path className="tie mixed" d="M0 4H36" strokeWidth="2" />
          </svg>
          {t("tieMixed")}
        </li>
        <li>{t("size")}</li>
        {network.left_out > 0 && <li>{t("leftOut", { n: network.left_out })}</li>}
      </ul>
    </section>
  );
}

interface TieLineProps {
  edge: Edge;
  placed: Map<string, Placed>;
  lit: string;
}

function TieLine({ edge, placed, lit }: TieLineProps) {
  const [from, to] = [placed.get(edge.source), placed.get(edge.target)];
  if (!from || !to) return null;
  const faint = lit !== "" && edge.source !== lit && edge.target !== lit;
  return (
    <line
      className={`tie ${kindOf(edge)}${faint ? " faint" : ""}`}
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
      strokeWidth={Math.min(5, 0.8 + Math.log2(edge.incidents))}
    />
  );
}

interface DiscProps {
  node: Placed;
  named: boolean;
  faint: boolean;
  middle: boolean;
  onLit: (id: string) => void;
}

function Disc({ node, named, faint, middle, onLit }: DiscProps) {
  const classes = ["disc", faint && "faint", middle && "middle"].filter(Boolean).join(" ");
  return (
    <g className={classes} transform={`translate(${node.x} ${node.y})`}>
      <Link
        to={actorPath(node.id)}
        aria-label={short(node.name) === node.name ? node.name : `${short(node.name)} ${node.name}`}
        onPointerEnter={() => onLit(node.id)}
        onPointerLeave={() => onLit("")}
        onFocus={() => onLit(node.id)}
        onBlur={() => onLit("")}
      >
        <circle r={node.radius} />
        {named && (
          <text y={node.radius + 12} textAnchor="middle" aria-hidden="true">
            {short(node.name)}
          </text>
        )}
      </Link>
    </g>
  );
}

function short(name: string): string {
  const letters = [...name];
  return letters.length > 26 ? `${letters.slice(0, 25).join("")}…` : name;
}

function Ties({ network }: { network: Network }) {
  const t = useMessages(messages);
  const format = useFormat();
  const names = useMemo(
    () => new Map(network.nodes.map((node) => [node.id, node.name])),
    [network],
  );
  const edges = [...network.edges].sort((a, b) => b.incidents - a.incidents).slice(0, LISTED);
  const link = (id: string) => (
    <Link to={actorPath(id)} dir="auto">
      {names.get(id) ?? id}
    </Link>
  );
  const columns: Column<Edge>[] = [
    {
      key: "parties",
      label: t("parties"),
      cell: (edge) => (
        <span className="stack tight">
          {link(edge.source)}
          {link(edge.target)}
        </span>
      ),
    },
    {
      key: "incidents",
      label: t("together"),
      end: true,
      cell: (edge) => format.number(edge.incidents),
    },
    { key: "against", label: t("against"), end: true, cell: (edge) => format.number(edge.against) },
    { key: "beside", label: t("beside"), end: true, cell: (edge) => format.number(edge.beside) },
  ];
  return (
    <div className="ties">
      <Table
        caption={t("ties")}
        columns={columns}
        rows={edges}
        rowKey={(edge) => `${edge.source}\n${edge.target}`}
      />
    </div>
  );
}
