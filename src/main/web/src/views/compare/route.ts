import { route } from '../../routes'

export default route({
  path: '/compare',
  load: () => import('./Compare.svelte'),
  title: (texts) => texts.compare.title,
})
