import { route } from '../../routes'

export default route({
  path: '/jobs/:id/result',
  load: () => import('../all').then((it) => it.Result),
  title: (texts) => texts.result.title,
})
