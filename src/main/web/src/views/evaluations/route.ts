import Table from '../../components/icons/Table.svelte'
import { route } from '../../routes'

export default route({
  path: '/evaluations',
  load: () => import('../all').then((it) => it.Evaluations),
  title: (texts) => texts.evaluations.title,
  navigation: { order: 50, icon: Table, secondary: true },
})
