import Model from '../../components/icons/Model.svelte'
import { route } from '../../routes'

export default route({
  path: '/models',
  load: () => import('../all').then((it) => it.Models),
  title: (texts) => texts.models.title,
  navigation: { order: 60, icon: Model, secondary: true },
})
