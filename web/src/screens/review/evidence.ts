import { type Claim, readingsOf, SLOTS } from "@/data/claims";
import type { Evidence } from "@/lib/spans";

/** The marks of a dispatch: every slot of the claim in hand, of the others only what names the event. */
export function marks(claims: readonly Claim[], chosen: string | undefined): Evidence[] {
  return claims.flatMap((claim) => {
    const status = claim.status.value;
    const mine = claim.id === chosen;
    const slots = mine ? SLOTS : (["type"] as const);
    const found: Evidence[] = slots.flatMap((slot) =>
      readingsOf(claim, slot).flatMap((reading) =>
        reading.evidence.map(({ start, end }) => ({ start, end, slot, claim: claim.id, status })),
      ),
    );
    const mentions = mine ? claim.mentions : [];
    return [
      ...found,
      ...mentions.map(({ start, end }) => ({ start, end, slot: "mention", claim: claim.id })),
    ];
  });
}
