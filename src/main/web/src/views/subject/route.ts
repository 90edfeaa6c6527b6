import { route } from '../../routes'

export default route({
  path: '/subjects/:id',
  load: () => import('./Subject.svelte'),
  title: (texts) => texts.subjects.one,
})
