import { defineMessages } from "@/lib/i18n";

export const messages = defineMessages({
  en: {
    title: "Claims ledger",
    intro:
      "Which source says what, how it stands to it, and with which figure. Disputes come first.",
    source: "Source",
    stance: "Stance",
    says: "Claim",
    figure: "Figure",
    words: "In these words",
    where: "Dispatch",
    ownVoice: "the dispatch itself",
    partisan: "party to the event",
    partisanTitle: "The source is itself a party to what it tells of",
    stances: "Stance of the source",
    allStances: "all stances",
    onlyParties: "Only sources that are a party themselves",
    answered: "answered later",
    against: "against",
    noLines: "No line of this incident has this stance.",
    hidden: {
      one: "{n} line is hidden by the filter above.",
      other: "{n} lines are hidden by the filter above.",
    },
    weight: "weight {n}",
  },
  fr: {
    title: "Registre des affirmations",
    intro:
      "Quelle source dit quoi, avec quelle position et quel chiffre. Les points contestés d’abord.",
    source: "Source",
    stance: "Position",
    says: "Affirmation",
    figure: "Chiffre",
    words: "En ces mots",
    where: "Dépêche",
    ownVoice: "la dépêche elle-même",
    partisan: "partie au fait",
    partisanTitle: "La source est elle-même partie à ce qu’elle rapporte",
    stances: "Position de la source",
    allStances: "toutes les positions",
    onlyParties: "Seulement les sources qui sont parties",
    answered: "réponse donnée ensuite",
    against: "contre",
    noLines: "Aucune ligne de cet incident n’a cette position.",
    hidden: {
      one: "{n} ligne est masquée par le filtre.",
      other: "{n} lignes sont masquées par le filtre.",
    },
    weight: "poids {n}",
  },
});
