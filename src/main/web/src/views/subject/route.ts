import { route } from '../../routes'

export default route({
  path: '/subjects/:id',
  load: () => import('../all').then((it) => it.Subject),
  title: (texts) => texts.subjects.one,
})
