import { lazy } from "react";
import type { Route } from "@/lib/router";

const View = lazy(() => import("./view"));

export const routes: readonly Route[] = [{ path: "/ledger", view: View }];
