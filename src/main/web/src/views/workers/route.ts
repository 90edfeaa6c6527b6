import Worker from '../../components/icons/Worker.svelte'
import { route } from '../../routes'

export default route({
  path: '/workers',
  load: () => import('../all').then((it) => it.Workers),
  title: (texts) => texts.workers.title,
  navigation: { order: 70, icon: Worker, secondary: true },
})
