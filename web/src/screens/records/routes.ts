import { lazy } from "react";
import type { Route } from "@/lib/router";

export const routes: readonly Route[] = [
  { path: "/documents", view: lazy(() => import("./documents")) },
  { path: "/documents/:document", view: lazy(() => import("./document")) },
  { path: "/runs", view: lazy(() => import("./runs")) },
  { path: "/failures", view: lazy(() => import("./failures")) },
  { path: "/audit", view: lazy(() => import("./audit")) },
  { path: "/history", view: lazy(() => import("./history")) },
];
