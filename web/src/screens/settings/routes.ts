import { lazy } from "react";
import type { Route } from "@/lib/router";

export const routes: readonly Route[] = [{ path: "/settings", view: lazy(() => import("./view")) }];
