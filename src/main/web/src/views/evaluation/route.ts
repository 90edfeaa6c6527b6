import { route } from '../../routes'

export default route({
  path: '/evaluations/:id',
  load: () => import('../all').then((it) => it.Evaluation),
  title: (texts) => texts.evaluations.one,
})
