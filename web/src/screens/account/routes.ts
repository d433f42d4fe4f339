import { lazy } from "react";
import type { Route } from "@/lib/router";

export const routes: readonly Route[] = [
  { path: "/login", view: lazy(() => import("./login")) },
  { path: "/invite/:token", view: lazy(() => import("./invite")) },
  { path: "/users", view: lazy(() => import("./users")) },
];
