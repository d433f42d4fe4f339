import { describe, expect, it } from "vitest";
import { frameOf, kindOf, layout, namedOf, zoomed } from "./layout";

const node = (id: string, incidents = 1) => ({
  id,
  name: id,
  incidents,
  party: { name: id, country: null, sector: null },
});
const edge = (source: string, target: string) => ({
  source,
  target,
  incidents: 1,
  against: 1,
  beside: 0,
});

describe("layout", () => {
  const network = {
    nodes: [node("a", 9), node("b"), node("c"), node("d")],
    edges: [edge("a", "b"), edge("a", "c"), edge("a", "gone")],
  };

  it("places every party apart from the others, the same way each time", () => {
    const [first, second] = [layout(network), layout(network)];
    expect([...first.keys()]).toEqual(["a", "b", "c", "d"]);
    for (const [id, one] of first) {
      expect(Number.isFinite(one.x + one.y)).toBe(true);
      expect(second.get(id)).toMatchObject({ x: one.x, y: one.y });
      for (const [other, two] of first) {
        if (id !== other)
          expect(Math.hypot(one.x - two.x, one.y - two.y)).toBeGreaterThan(one.radius);
      }
    }
  });

  it("puts parties of one incident nearer than strangers", () => {
    const found = layout(network);
    const away = (x: string, y: string) => {
      const [one, two] = [found.get(x), found.get(y)];
      return Math.hypot((one?.x ?? 0) - (two?.x ?? 0), (one?.y ?? 0) - (two?.y ?? 0));
    };
    expect(away("a", "b")).toBeLessThan(away("b", "d"));
  });

  it("has all parties in its frame", () => {
    const placed = [...layout(network).values()];
    const frame = frameOf(placed);
    for (const one of placed) {
      expect(one.x).toBeGreaterThan(frame.x);
      expect(one.x).toBeLessThan(frame.x + frame.width);
    }
  });
});

it("zooms around the middle", () => {
  expect(zoomed({ x: -10, y: -10, width: 20, height: 20 }, 2)).toEqual({
    x: -5,
    y: -5,
    width: 10,
    height: 10,
  });
});

it("tells against from beside", () => {
  expect(kindOf({ against: 1, beside: 0 })).toBe("against");
  expect(kindOf({ against: 0, beside: 2 })).toBe("beside");
  expect(kindOf({ against: 1, beside: 2 })).toBe("mixed");
});

it("names the busiest of parties whose names would lie on one another", () => {
  const at = (id: string, incidents: number, x: number) => ({
    ...{ id, name: "Armed Forces", incidents, y: 0, radius: 5 },
    x,
  });
  const placed = [at("small", 1, 10), at("large", 9, 0), at("far", 1, 400)];
  expect([...namedOf(placed, 9)]).toEqual(["large", "far"]);
  expect([...namedOf(placed, 1)]).toEqual(["large"]);
});
