import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Component, type ReactNode, Suspense } from "react";
import { ApiError } from "@/data/client";
import { isStatic } from "@/data/mode";
import { LocaleProvider, useMessages } from "@/lib/i18n";
import { KeyProvider } from "@/lib/keys";
import { Link, match, Params, usePlace } from "@/lib/router";
import { Fault, Loading } from "@/ui/states";
import { ToastProvider } from "@/ui/toasts";
import { messages } from "./messages";
import { routes } from "./routes";
import { Shell } from "./shell";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.status === 0,
    },
    mutations: { retry: false },
  },
});

/** Shows what went wrong in one view instead of an empty page. */
class Boundary extends Component<
  { at: string; children: ReactNode },
  { error: unknown; at: string }
> {
  override state = { error: null as unknown, at: this.props.at };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: { at: string }, state: { at: string }) {
    return props.at === state.at ? null : { at: props.at, error: null };
  }

  override render() {
    return this.state.error ? <Fault error={this.state.error} /> : this.props.children;
  }
}

function View() {
  const t = useMessages(messages);
  const place = usePlace();
  // A published release has no queue to begin with.
  const path = isStatic() && place.path === "/" ? "/incidents" : place.path;
  for (const route of routes) {
    const params = match(route.path, path);
    if (!params) continue;
    const { view: Screen } = route;
    return (
      <Boundary at={path}>
        <Suspense
          fallback={
            <div className="page">
              <Loading />
            </div>
          }
        >
          <Params value={params}>
            <Screen />
          </Params>
        </Suspense>
      </Boundary>
    );
  }
  return (
    <div className="page">
      <h1>{t("notFound")}</h1>
      <p>{t("notFoundHint")}</p>
      <p>
        <Link className="button" to="/">
          {t("home")}
        </Link>
      </p>
    </div>
  );
}

export function App() {
  return (
    <QueryClientProvider client={client}>
      <LocaleProvider>
        <KeyProvider>
          <ToastProvider>
            <Shell>
              <View />
            </Shell>
          </ToastProvider>
        </KeyProvider>
      </LocaleProvider>
    </QueryClientProvider>
  );
}
