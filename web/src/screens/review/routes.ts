import { lazy } from "react";
import type { Route } from "@/lib/router";

const View = lazy(() => import("./view"));

const Assigned = lazy(() => import("./assigned"));

export const routes: readonly Route[] = [
  { path: "/", view: View },
  { path: "/review", view: View },
  { path: "/review/:claim", view: View },
  { path: "/code/:assignment/:document", view: Assigned },
  { path: "/code/:assignment/:document/:claim", view: Assigned },
];
