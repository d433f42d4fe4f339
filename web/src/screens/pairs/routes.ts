import { lazy } from "react";
import type { Route } from "@/lib/router";

export const routes: readonly Route[] = [{ path: "/pairs", view: lazy(() => import("./view")) }];
