import { lazy } from "react";
import type { Route } from "@/lib/router";

export const routes: readonly Route[] = [
  { path: "/quality", view: lazy(() => import("./overview")) },
  { path: "/quality/assignments", view: lazy(() => import("./assignments")) },
  { path: "/quality/differences", view: lazy(() => import("./differences")) },
];
