import { lazy } from "react";
import type { Route } from "@/lib/router";

const List = lazy(() => import("./list"));
const One = lazy(() => import("./one"));

export const routes: readonly Route[] = [
  { path: "/incidents", view: List },
  { path: "/incidents/:id", view: One },
];
