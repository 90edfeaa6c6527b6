import SubjectIcon from '../../components/icons/Subject.svelte'
import { route } from '../../routes'

export default route({
  path: '/subjects',
  load: () => import('../all').then((it) => it.Subjects),
  title: (texts) => texts.subjects.title,
  navigation: { order: 30, icon: SubjectIcon },
})
