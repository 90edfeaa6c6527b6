import Adapter from '../../components/icons/Adapter.svelte'
import { route } from '../../routes'

export default route({
  path: '/adapters',
  load: () => import('../all').then((it) => it.Adapters),
  title: (texts) => texts.adapters.title,
  navigation: { order: 40, icon: Adapter, secondary: true },
})
