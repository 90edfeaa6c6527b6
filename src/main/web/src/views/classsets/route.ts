import Stack from '../../components/icons/Stack.svelte'
import { route } from '../../routes'

export default route({
  path: '/class-sets',
  load: () => import('../all').then((it) => it.ClassSets),
  title: (texts) => texts.classSets.title,
  navigation: { order: 45, icon: Stack, secondary: true },
})
