import { route } from '../../routes'

export default route({
  path: '/jobs/:id',
  load: () => import('./Job.svelte'),
  title: (texts) => texts.live.title,
})
