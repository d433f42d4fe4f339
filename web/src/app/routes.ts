import type { Route } from "@/lib/router";
import { routes as account } from "@/screens/account/routes";
import { routes as actors } from "@/screens/actors/routes";
import { routes as incidents } from "@/screens/incidents/routes";
import { routes as ledger } from "@/screens/ledger/routes";
import { routes as map } from "@/screens/map/routes";
import { routes as pairs } from "@/screens/pairs/routes";
import { routes as plans } from "@/screens/plans/routes";
import { routes as quality } from "@/screens/quality/routes";
import { routes as records } from "@/screens/records/routes";
import { routes as review } from "@/screens/review/routes";
import { routes as settings } from "@/screens/settings/routes";

/** Every view and its address; the first pattern that fits is shown. */
export const routes: readonly Route[] = [
  ...review,
  ...pairs,
  ...incidents,
  ...map,
  ...ledger,
  ...actors,
  ...plans,
  ...records,
  ...quality,
  ...account,
  ...settings,
];
