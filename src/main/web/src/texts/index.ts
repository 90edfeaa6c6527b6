export { type Texts } from './en'
export { i18n } from './i18n.svelte'
