import { defineMessages } from "@/lib/i18n";

export const atlasMessages = defineMessages({
  en: {
    legend: "Signs on the map",
    halo: "how precise the place is",
    cluster: "several incidents",
    noMap:
      "This browser cannot draw the map (it needs WebGL). The list and the timeline still work.",
    map: "Map of {n} incidents",
    mapHint:
      "Arrow keys move the map, + and − zoom. All incidents in view are in the list beside it.",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    whole: "Show all",
  },
  fr: {
    legend: "Signes de la carte",
    halo: "précision du lieu",
    cluster: "plusieurs incidents",
    noMap:
      "Ce navigateur ne peut pas dessiner la carte (il lui faut WebGL). La liste et la chronologie restent utilisables.",
    map: "Carte de {n} incidents",
    mapHint:
      "Les flèches déplacent la carte, + et − changent l’échelle. La liste à côté contient tous les incidents visibles.",
    zoomIn: "Agrandir",
    zoomOut: "Réduire",
    whole: "Tout voir",
  },
});
