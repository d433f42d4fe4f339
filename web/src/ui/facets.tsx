import { useFormat, useMessages } from "@/lib/i18n";
import { Button } from "./button";
import { messages } from "./messages";

export interface Facet {
  key: string;
  label: string;
  options: readonly { value: string; label: string; count?: number | undefined }[];
}

interface FacetListProps {
  facets: readonly Facet[];
  chosen: (key: string) => readonly string[];
  onChange: (key: string, values: readonly string[] | null) => void;
}

/** Filters with how many entries each would leave; folded away on a narrow screen. */
export function FacetList({ facets, chosen, onChange }: FacetListProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const active = facets.reduce((sum, facet) => sum + chosen(facet.key).length, 0);
  const toggle = (key: string, value: string) => {
    const now = chosen(key);
    onChange(key, now.includes(value) ? now.filter((one) => one !== value) : [...now, value]);
  };
  return (
    <details className="facets-fold" open={active > 0 || window.innerWidth >= 1024}>
      <summary className="button small">
        {t("filters")} {active > 0 && <span className="chip">{active}</span>}
      </summary>
      <div className="facets">
        {facets.map((facet) => (
          <fieldset key={facet.key}>
            <legend>{facet.label}</legend>
            {facet.options.map((option) => (
              <label className="check" key={option.value}>
                <input
                  type="checkbox"
                  checked={chosen(facet.key).includes(option.value)}
                  onChange={() => toggle(facet.key, option.value)}
                />
                <span dir="auto">{option.label}</span>
                {option.count !== undefined && (
                  <span className="count">{format.number(option.count)}</span>
                )}
              </label>
            ))}
          </fieldset>
        ))}
        {active > 0 && (
          <Button
            small
            kind="quiet"
            onClick={() => {
              for (const facet of facets) onChange(facet.key, null);
            }}
          >
            {t("clear")}
          </Button>
        )}
      </div>
    </details>
  );
}
