/** All texts of the page. Each view has its own section; sections are in alphabetical order. */
export const en = {
  chart: {
    noValues: 'No values yet.',
  },
  deletion: {
    done: (name: string) => `${name} is deleted.`,
    undo: 'Undo',
  },
  dialog: {
    close: 'Close',
  },
  gallery: {
    title: 'Trainings',
    intro: 'Every training, newest first.',
    filter: 'Status',
    all: 'All',
    empty: 'Nothing trained yet',
    emptyHint:
      'Take three to six pictures of one thing: an object, a pet, a person. The model learns what it looks like, and then draws it in any scene you describe.',
    emptyStart: 'Add pictures',
    emptyApi: 'Start a training with the API',
    noMatch: 'No training has this status',
    noMatchHint: 'Choose another status, or show all.',
    showAll: 'Show all',
    images: (n: number) => (n === 1 ? '1 image' : `${n} images`),
    imageOf: (identifier: string, classWord: string) => `Image of ${identifier} ${classWord}`,
  },
  job: {
    status: {
      queued: 'Queued',
      starting: 'Starting',
      processing: 'Running',
      succeeded: 'Finished',
      failed: 'Failed',
      canceled: 'Canceled',
    },
    phase: {
      preparing: 'Preparing',
      prior_images: 'Drawing the plain class',
      training: 'Training',
      sampling: 'Drawing images',
      evaluating: 'Scoring',
      exporting: 'Exporting',
    },
    method: {
      dreambooth: 'DreamBooth',
      dreambooth_lora: 'LoRA',
      textual_inversion: 'Textual inversion',
      momentum_textual_inversion: 'Momentum textual inversion',
    },
    position: (n: number) => (n === 1 ? 'Next in the queue' : `Number ${n} in the queue`),
    left: (duration: string) => `about ${duration} left`,
    steps: (step: string, total: string) => `Step ${step} of ${total}`,
  },
  notFound: {
    title: 'There is no such page',
    detail: 'The address may be mistyped, or it belongs to another version.',
    back: 'Back to the trainings',
  },
  pager: {
    label: 'Pages',
    newer: 'Newer',
    older: 'Older',
  },
  picture: {
    missing: 'This picture cannot be loaded.',
  },
  problem: {
    unreachable: 'The service cannot be reached',
    unreachableHint: 'Check the network, and whether the service runs. This page tries again by itself.',
    unknown: 'Something went wrong',
    unknownHint: 'Reload the page. If it happens again, look into the log of the service.',
    retry: 'Try again',
  },
  shell: {
    skip: 'Skip to the content',
    navigation: 'Main',
    api: 'API',
    language: 'Language',
    signOut: 'Sign out',
    loading: 'Loading …',
    version: (version: string) => `Likeness ${version}`,
    dismiss: 'Dismiss',
  },
  signIn: {
    title: 'Sign in',
    intro: 'This service answers callers with a key. The page keeps it until you close the tab.',
    key: 'API key',
    keyHint: 'It begins with lk_. The operator of the service creates keys.',
    keyMissing: 'Enter a key.',
    submit: 'Sign in',
    issuer: (host: string) => `Sign in at ${host}`,
    or: 'or with a key',
    refused: 'The service did not accept the last key. It may be expired or revoked.',
    failed: 'The sign-in did not succeed',
  },
}

/** Every language has exactly these texts. */
export type Texts = typeof en
