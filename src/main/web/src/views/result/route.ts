import { route } from '../../routes'

export default route({
  path: '/jobs/:id/result',
  load: () => import('./Result.svelte'),
  title: (texts) => texts.result.title,
})
