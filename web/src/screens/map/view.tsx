import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { get } from "@/data/client";
import { dayNumber, dayOf, incidentFilter, twins } from "@/data/incidents";
import "@/data/release";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { type Command, useCommands } from "@/lib/keys";
import { Link, useSearch } from "@/lib/router";
import { Legend } from "@/ui/atlas/legend";
import { atlasMessages } from "@/ui/atlas/messages";
import { type Days, mercatorX, mercatorY } from "@/ui/atlas/points";
import { Button } from "@/ui/button";
import { IncidentFilters, IncidentSearch } from "@/ui/incident-filters";
import { incidentMessages } from "@/ui/incident-messages";
import { IncidentLine } from "@/ui/incidents";
import { Twins } from "@/ui/pager";
import { Fault, Loaded } from "@/ui/states";
import { messages } from "./messages";
import { type Box, Stage } from "./stage";
import "@/ui/atlas/atlas.css";
import "./map.css";

const BOX = ["west", "south", "east", "north"] as const;
const LISTED = 25;
const NEAR = 0.0008; // degrees around a picked place
const WAIT = 300;

/** Incidents on a map and over time; what is chosen in one filters the other. */
export default function View() {
  const t = useMessages(messages);
  const words = useMessages(incidentMessages);
  const [search] = useSearch();
  const filter = incidentFilter(search);
  const {
    since: _since,
    until: _until,
    west: _w,
    south: _s,
    east: _e,
    north: _n,
    ...kept
  } = filter;
  const points = useQuery({
    queryKey: ["map", kept],
    queryFn: ({ signal }) => get("/api/map", { query: kept, signal }),
    placeholderData: keepPreviousData,
  });
  const spot = spotOf(search);
  const around = spot && {
    west: spot.lon - NEAR,
    east: spot.lon + NEAR,
    south: spot.lat - NEAR,
    north: spot.lat + NEAR,
  };
  const listQuery = { ...filter, ...around, limit: LISTED };
  const list = useQuery({
    queryKey: ["incidents", listQuery],
    queryFn: ({ signal }) => get("/api/incidents", { query: listQuery, signal }),
    placeholderData: keepPreviousData,
  });
  const tableAt = `/incidents?${new URLSearchParams([...search].filter(([key]) => key !== "spot"))}`;
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        <Twins links={twins("incidents", filter, ["csv", "jsonl", "geojson"])} />
      </header>
      <div className="bar no-print">
        <IncidentSearch />
        <Link className="button small" to={tableAt}>
          {words("showTable")}
        </Link>
      </div>
      <div className="with-facets">
        <IncidentFilters facets={list.data?.facets} withoutDays />
        <div className="map-page">
          <div className="stack">
            {points.error && !points.data ? (
              <Fault error={points.error} retry={() => void points.refetch()} />
            ) : (
              <Linked points={points.data} rows={list.data?.items ?? []} spot={spot} />
            )}
          </div>
          <section className="card in-view">
            <Loaded query={list}>
              {(page) => <InView page={page} atSpot={spot !== null} tableAt={tableAt} />}
            </Loaded>
          </section>
        </div>
      </div>
    </div>
  );
}

interface Spot {
  lon: number;
  lat: number;
}

function spotOf(search: URLSearchParams): Spot | null {
  const [lon, lat] = (search.get("spot") ?? "").split(",").map(Number);
  if (lon === undefined || lat === undefined || !Number.isFinite(lon + lat)) return null;
  return { lon, lat };
}

function boxOf(search: URLSearchParams): Box | null {
  const edges = BOX.map((key) => Number.parseFloat(search.get(key) ?? ""));
  return edges.every(Number.isFinite) ? (edges as Box) : null;
}

function daysOf(search: URLSearchParams): Days | null {
  const [since, until] = [search.get("since"), search.get("until")];
  if (!since && !until) return null;
  const number = (iso: string | null, fallback: number) => {
    const found = iso ? dayNumber(iso) : Number.NaN;
    return Number.isFinite(found) ? found : fallback;
  };
  return { from: number(since, -0x7fffffff), to: number(until, 0x7fffffff) };
}

interface LinkedProps {
  points: Schemas["Points"] | undefined;
  rows: readonly Schemas["IncidentRow"][];
  spot: Spot | null;
}

/** The map and the timeline, which live outside React: it only hands them data and hears of rests. */
function Linked({ points, rows, spot }: LinkedProps) {
  const t = useMessages(messages);
  const atlasWords = useMessages(atlasMessages);
  const format = useFormat();
  const [search, setSearch] = useSearch();
  const map = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useRef<HTMLDivElement>(null);
  const to = useRef<HTMLDivElement>(null);
  const [stage, setStage] = useState<Stage | null>(null);
  const latest = useRef({ search, setSearch });
  latest.current = { search, setSearch };

  useEffect(() => {
    if (!map.current || !canvas.current || !from.current || !to.current) return;
    let timer = 0;
    const made = new Stage({
      map: map.current,
      canvas: canvas.current,
      grips: [from.current, to.current],
      box: boxOf(latest.current.search),
      number: format.number,
      day: format.day,
      onMove: (box) => {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => {
          const edges = Object.fromEntries(BOX.map((key, k) => [key, String(box[k])]));
          latest.current.setSearch(edges, { replace: true });
        }, WAIT);
      },
      onDays: (days) =>
        latest.current.setSearch(
          {
            since: days && days.from > -0x7ffffff0 ? dayOf(days.from) : null,
            until: days && days.to < 0x7ffffff0 ? dayOf(days.to) : null,
          },
          { replace: true },
        ),
      onSpot: (picked) =>
        latest.current.setSearch({
          spot: picked ? `${picked.lon.toFixed(5)},${picked.lat.toFixed(5)}` : null,
        }),
    });
    setStage(made);
    return () => {
      window.clearTimeout(timer);
      made.remove();
    };
  }, [format]);

  const days = daysOf(search);
  useEffect(() => {
    if (stage && points) stage.setPoints(points, daysOf(latest.current.search));
  }, [stage, points]);
  const [first, last] = [days?.from, days?.to];
  useEffect(() => {
    stage?.setDays(first === undefined || last === undefined ? null : { from: first, to: last });
  }, [stage, first, last]);
  const [lon, lat] = [spot?.lon, spot?.lat];
  useEffect(() => {
    if (points) stage?.choose(lon === undefined || lat === undefined ? null : { lon, lat });
  }, [stage, points, lon, lat]);
  useEffect(() => {
    stage?.atlas?.setNames(
      rows.flatMap((row) =>
        row.lat === null || row.lon === null
          ? []
          : [{ x: mercatorX(row.lon), y: mercatorY(row.lat), text: row.place }],
      ),
    );
  }, [stage, rows]);

  const clear = () => latest.current.setSearch({ since: null, until: null }, { replace: true });
  useCommands(
    // biome-ignore lint/correctness/useExhaustiveDependencies: clear reads the latest search itself
    useMemo<Command[]>(
      () => [
        { key: "f", label: t("fit"), run: () => stage?.atlas?.fit() },
        { key: "t", label: t("clearDays"), run: clear },
        { key: "+", label: atlasWords("zoomIn"), run: () => stage?.atlas?.zoom(1) },
        { key: "-", label: atlasWords("zoomOut"), run: () => stage?.atlas?.zoom(-1) },
      ],
      [stage, t, atlasWords],
    ),
  );

  const told = points?.ids.length ?? 0;
  const chosen = useChosenDays(days);
  return (
    <>
      <section className="map-frame" aria-label={atlasWords("map", { n: told })}>
        <div className="atlas">
          <div ref={map} className="maplibregl-map" />
          {stage && !stage.atlas && (
            <div className="state">
              <p>{atlasWords("noMap")}</p>
            </div>
          )}
          {stage?.atlas && (
            <div className="atlas-tools no-print">
              <Button
                icon="plus"
                aria-label={atlasWords("zoomIn")}
                onClick={() => stage.atlas?.zoom(1)}
              />
              <Button
                icon="dash"
                aria-label={atlasWords("zoomOut")}
                onClick={() => stage.atlas?.zoom(-1)}
              />
              <Button icon="map" aria-label={t("fit")} onClick={() => stage.atlas?.fit()} />
            </div>
          )}
        </div>
      </section>
      <Legend />
      <p className="visually-hidden">{atlasWords("mapHint")}</p>
      <section className="card timeline" aria-label={t("timeline")}>
        <div className="row between">
          <strong aria-live="polite">{chosen}</strong>
          {days && (
            <Button small hint="t" onClick={clear}>
              {t("clearDays")}
            </Button>
          )}
        </div>
        <div className="timeline-plot">
          <canvas ref={canvas} aria-hidden="true" />
          <div
            ref={from}
            className="grip"
            role="slider"
            tabIndex={0}
            aria-label={t("from")}
            aria-valuenow={0}
          />
          <div
            ref={to}
            className="grip"
            role="slider"
            tabIndex={0}
            aria-label={t("to")}
            aria-valuenow={0}
          />
        </div>
        <ul className="atlas-legend">
          <li>
            <i className="swatch happened" /> {t("happened")}
          </li>
          <li>
            <i className="swatch told" /> {t("told")}
          </li>
          <li>
            <i className="swatch outside" /> {t("outside")}
          </li>
        </ul>
        {points && <LeftOut points={points} />}
      </section>
    </>
  );
}

function useChosenDays(days: Days | null): string {
  const t = useMessages(messages);
  const format = useFormat();
  if (!days) return t("allDays");
  const open = { start: days.from < -0x7ffffff0, end: days.to > 0x7ffffff0 };
  const says = (day: number) => format.day(dayOf(day));
  if (open.start && open.end) return t("allDays");
  if (open.start) return t("openStart", { to: says(days.to) });
  if (open.end) return t("openEnd", { from: says(days.from) });
  return t("days", { from: says(days.from), to: says(days.to) });
}

/** What is not on the one or the other, so that nobody takes the picture for the whole. */
function LeftOut({ points }: { points: Schemas["Points"] }) {
  const t = useMessages(messages);
  const { unplaced, undated } = useMemo(
    () => ({
      unplaced: points.lat.filter((lat) => lat === null).length,
      undated: points.start.filter((day, k) => day === null && points.end[k] === null).length,
    }),
    [points],
  );
  const n = points.ids.length;
  return (
    <p className="soft small">
      {points.total > n && `${t("leftOut", { n, total: points.total })} `}
      {unplaced > 0 && `${t("unplaced", { n: unplaced })} `}
      {undated > 0 && t("undated", { n: undated })}
    </p>
  );
}

interface InViewProps {
  page: Schemas["Page_IncidentRow_"];
  atSpot: boolean;
  tableAt: string;
}

function InView({ page, atSpot, tableAt }: InViewProps) {
  const t = useMessages(messages);
  const [, setSearch] = useSearch();
  return (
    <>
      <header>
        <h2 aria-live="polite">{t(atSpot ? "atSpot" : "inView", { n: page.total })}</h2>
        {atSpot && (
          <Button small onClick={() => setSearch({ spot: null })}>
            {t("wholeView")}
          </Button>
        )}
      </header>
      {page.items.length === 0 && <p className="soft">{t("emptyView")}</p>}
      {page.items.map((row) => (
        <IncidentLine key={row.id} row={row} />
      ))}
      {page.total > page.items.length && (
        <p>
          <Link to={tableAt}>{t("more", { n: page.total })}</Link>
        </p>
      )}
    </>
  );
}
