import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import { session } from './api/session.svelte'
import App from './App.svelte'
import { i18n } from './texts'

await i18n.start()
const failure = await session.start().then(() => undefined, (thrown: unknown) => thrown)
const target = document.getElementById('app')
if (target) mount(App, { target, props: { failure } })
