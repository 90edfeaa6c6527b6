import Key from '../../components/icons/Key.svelte'
import { route } from '../../routes'

export default route({
  path: '/admin',
  load: () => import('../all').then((it) => it.Admin),
  title: (texts) => texts.admin.title,
  scope: 'admin',
  navigation: { order: 80, icon: Key, secondary: true },
})
