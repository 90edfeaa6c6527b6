import { route } from '../../routes'

export default route({
  path: '/evaluations/:id',
  load: () => import('./Evaluation.svelte'),
  title: (texts) => texts.evaluations.one,
})
