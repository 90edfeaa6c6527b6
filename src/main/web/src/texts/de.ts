import type { Texts } from './en'

export const de: Texts = {
  chart: {
    noValues: 'Noch keine Werte.',
  },
  deletion: {
    done: (name) => `${name} ist gelöscht.`,
    undo: 'Rückgängig',
  },
  dialog: {
    close: 'Schließen',
  },
  gallery: {
    title: 'Trainings',
    intro: 'Alle Trainings, die neuesten zuerst.',
    filter: 'Status',
    all: 'Alle',
    empty: 'Noch nichts trainiert',
    emptyHint:
      'Nehmen Sie drei bis sechs Bilder von einem Motiv: einem Gegenstand, einem Tier, einer Person. Das Modell lernt, wie es aussieht, und zeichnet es dann in jeder Szene, die Sie beschreiben.',
    emptyStart: 'Bilder hinzufügen',
    emptyApi: 'Ein Training über die API starten',
    noMatch: 'Kein Training hat diesen Status',
    noMatchHint: 'Wählen Sie einen anderen Status, oder zeigen Sie alle.',
    showAll: 'Alle zeigen',
    images: (n) => (n === 1 ? '1 Bild' : `${n} Bilder`),
    imageOf: (identifier, classWord) => `Bild von ${identifier} ${classWord}`,
  },
  job: {
    status: {
      queued: 'Wartet',
      starting: 'Startet',
      processing: 'Läuft',
      succeeded: 'Fertig',
      failed: 'Fehlgeschlagen',
      canceled: 'Abgebrochen',
    },
    phase: {
      preparing: 'Vorbereitung',
      prior_images: 'Zeichnet die Klasse',
      training: 'Training',
      sampling: 'Zeichnet Bilder',
      evaluating: 'Bewertung',
      exporting: 'Export',
    },
    method: {
      dreambooth: 'DreamBooth',
      dreambooth_lora: 'LoRA',
      textual_inversion: 'Textual Inversion',
      momentum_textual_inversion: 'Momentum Textual Inversion',
    },
    position: (n) => (n === 1 ? 'Als Nächstes an der Reihe' : `Platz ${n} in der Warteschlange`),
    left: (duration) => `noch etwa ${duration}`,
    steps: (step, total) => `Schritt ${step} von ${total}`,
  },
  notFound: {
    title: 'Diese Seite gibt es nicht',
    detail: 'Vielleicht ist die Adresse falsch geschrieben, oder sie gehört zu einer anderen Version.',
    back: 'Zurück zu den Trainings',
  },
  pager: {
    label: 'Seiten',
    newer: 'Neuere',
    older: 'Ältere',
  },
  picture: {
    missing: 'Dieses Bild lässt sich nicht laden.',
  },
  problem: {
    unreachable: 'Der Dienst ist nicht erreichbar',
    unreachableHint: 'Prüfen Sie das Netz und ob der Dienst läuft. Die Seite versucht es von selbst wieder.',
    unknown: 'Etwas ist schiefgegangen',
    unknownHint: 'Laden Sie die Seite neu. Wenn es wieder geschieht, hilft das Protokoll des Dienstes.',
    retry: 'Noch einmal versuchen',
  },
  shell: {
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptnavigation',
    api: 'API',
    language: 'Sprache',
    signOut: 'Abmelden',
    loading: 'Lädt …',
    version: (version) => `Likeness ${version}`,
    dismiss: 'Ausblenden',
  },
  signIn: {
    title: 'Anmelden',
    intro: 'Dieser Dienst antwortet nur mit einem Schlüssel. Die Seite behält ihn, bis Sie den Tab schließen.',
    key: 'API-Schlüssel',
    keyHint: 'Er beginnt mit lk_. Schlüssel erstellt, wer den Dienst betreibt.',
    keyMissing: 'Geben Sie einen Schlüssel ein.',
    submit: 'Anmelden',
    issuer: (host) => `Bei ${host} anmelden`,
    or: 'oder mit einem Schlüssel',
    refused: 'Der Dienst hat den letzten Schlüssel nicht angenommen. Vielleicht ist er abgelaufen oder widerrufen.',
    failed: 'Die Anmeldung ist nicht gelungen',
  },
}
