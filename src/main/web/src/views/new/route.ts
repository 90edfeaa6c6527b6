import Plus from '../../components/icons/Plus.svelte'
import { route } from '../../routes'

export default route({
  path: '/new',
  load: () => import('../all').then((it) => it.New),
  title: (texts) => texts.new.title,
  scope: 'write',
  navigation: { order: 20, icon: Plus },
})
