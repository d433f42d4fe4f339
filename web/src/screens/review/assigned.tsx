import { type Claim, triggerOf } from "@/data/claims";
import { useDocument } from "@/data/desk";
import { useMessages } from "@/lib/i18n";
import { navigate, useParams } from "@/lib/router";
import { Empty, Loaded } from "@/ui/states";
import { messages } from "./messages";
import { Desk } from "./workbench";
import "./review.css";

/** One dispatch coded for an assignment: unseen by its other coders, apart from the desk's coding. */
export default function Assigned() {
  const t = useMessages(messages);
  const { assignment: number = "", document: id, claim } = useParams();
  const assignment = Number(number);
  const query = useDocument(id, assignment);
  const to = (one: string) => `/code/${assignment}/${id}/${encodeURIComponent(one)}`;
  return (
    <Loaded query={query}>
      {(document) => {
        const claims = [...(document.claims as Claim[])].sort(
          (a, b) => triggerOf(a).start - triggerOf(b).start,
        );
        const chosen = claim ?? claims[0]?.id ?? `${document.id}:0-1:`;
        const at = claims.findIndex((one) => one.id === chosen);
        const go = (k: number) => {
          const next = claims[k];
          if (next) navigate(to(next.id));
        };
        const following = claims[at + 1] ?? claims[at - 1];
        return (
          <div className="review alone">
            <h1 className="visually-hidden">{t("assigned")}</h1>
            {claims.length === 0 && <Empty title={t("noClaims")} />}
            <Desk
              claimId={chosen}
              next={() => go(at + 1)}
              previous={() => go(at - 1)}
              following={following ? to(following.id) : null}
              to={to}
              assignment={assignment}
            />
          </div>
        );
      }}
    </Loaded>
  );
}
