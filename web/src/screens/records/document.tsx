import { useMemo, useState } from "react";
import { type Claim, triggerOf } from "@/data/claims";
import { type Document, useDocument } from "@/data/desk";
import { isStatic } from "@/data/mode";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useParams } from "@/lib/router";
import type { Evidence } from "@/lib/spans";
import { safeUrl } from "@/lib/url";
import { StatusChip, TypeChip } from "@/ui/chips";
import { EvidenceText } from "@/ui/evidence";
import { Empty, Loaded } from "@/ui/states";
import { messages } from "./messages";
import "./records.css";

/** One dispatch: where it came from, its text with what was found in it, and its claims. */
export default function View() {
  const { document: id } = useParams();
  const query = useDocument(id);
  return (
    <div className="page">
      {<Loaded query={query}>{(document) => <Page document={document} />}</Loaded>}
    </div>
  );
}

function Page({ document }: { document: Document }) {
  const t = useMessages(messages);
  const format = useFormat();
  const claims = document.claims as Claim[];
  const [chosen, setChosen] = useState<string | undefined>(claims[0]?.id);
  const evidence = useMemo<Evidence[]>(
    () =>
      claims.flatMap((claim) =>
        claim.type.evidence.map(({ start, end }) => ({
          start,
          end,
          slot: "type",
          claim: claim.id,
          status: claim.status.value,
        })),
      ),
    [claims],
  );
  const url = safeUrl(document.url);
  const first = [...claims].sort((a, b) => triggerOf(a).start - triggerOf(b).start)[0];
  return (
    <>
      <header>
        <div>
          <p className="soft row">
            <strong dir="auto">{document.publisher}</strong>
            <span>{document.published ? format.day(document.published) : t("undated")}</span>
          </p>
          <h1 dir="auto">{document.title || document.name || document.id}</h1>
        </div>
        {first && !isStatic() && (
          <Link className="button primary" to={`/review/${encodeURIComponent(first.id)}`}>
            {t("review")}
          </Link>
        )}
      </header>
      <div className="document-grid">
        <EvidenceText
          text={document.text}
          evidence={evidence}
          claim={chosen}
          label={document.title || document.name || document.id}
          onPick={(claim) => setChosen(claim)}
        />
        <div className="stack loose">
          <ClaimList claims={claims} chosen={chosen} onChoose={setChosen} title={t("claims")} />
          {document.gone.length > 0 && (
            <ClaimList claims={document.gone as Claim[]} chosen={chosen} title={t("gone")} />
          )}
          <dl className="facts card">
            {url && (
              <div>
                <dt>{t("source")}</dt>
                <dd>
                  <a href={url} rel="noopener noreferrer" target="_blank">
                    {url}
                  </a>
                </dd>
              </div>
            )}
            <div>
              <dt>{t("fingerprint")}</dt>
              <dd className="mono">{document.sha256}</dd>
            </div>
            <div>
              <dt>{t("run")}</dt>
              <dd>{document.run}</dd>
            </div>
            {document.notes.length > 0 && (
              <div>
                <dt>{t("notes")}</dt>
                <dd dir="auto">{document.notes.join(" · ")}</dd>
              </div>
            )}
            {document.origin.length > 0 && (
              <div>
                <dt>{t("origin")}</dt>
                <dd>
                  {document.origin.map((id) => (
                    <Link key={id} className="mono" to={`/documents/${id}`}>
                      {id}{" "}
                    </Link>
                  ))}
                </dd>
              </div>
            )}
          </dl>
        </div>
      </div>
    </>
  );
}

interface ClaimListProps {
  claims: readonly Claim[];
  chosen: string | undefined;
  title: string;
  onChoose?: (claim: string) => void;
}

function ClaimList({ claims, chosen, title, onChoose }: ClaimListProps) {
  const t = useMessages(messages);
  if (claims.length === 0) {
    return (
      <Empty title={title}>
        <p>{t("noClaims")}</p>
      </Empty>
    );
  }
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        <span className="chip plain num">{claims.length}</span>
      </header>
      <ul className="stack tight">
        {claims.map((claim) => (
          <li
            key={claim.id}
            className="claim-line"
            aria-current={claim.id === chosen ? "true" : undefined}
          >
            <span className="row">
              <TypeChip type={claim.type.value} mode={claim.mode?.value} />
              <StatusChip status={claim.status.value} />
            </span>
            {isStatic() ? (
              <button type="button" onClick={() => onChoose?.(claim.id)} dir="auto">
                {claim.says}
              </button>
            ) : (
              <Link
                to={`/review/${encodeURIComponent(claim.id)}`}
                dir="auto"
                onFocus={() => onChoose?.(claim.id)}
                onMouseEnter={() => onChoose?.(claim.id)}
              >
                {claim.says}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
