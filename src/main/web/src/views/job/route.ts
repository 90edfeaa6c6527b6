import { route } from '../../routes'

export default route({
  path: '/jobs/:id',
  load: () => import('../all').then((it) => it.Job),
  title: (texts) => texts.live.title,
})
