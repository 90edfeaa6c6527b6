import { route } from '../../routes'

export default route({
  path: '/compare',
  load: () => import('../all').then((it) => it.Compare),
  title: (texts) => texts.compare.title,
})
