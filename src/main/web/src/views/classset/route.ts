import { route } from '../../routes'

export default route({
  path: '/class-sets/:id',
  load: () => import('../all').then((it) => it.ClassSet),
  title: (texts) => texts.classSets.one,
})
