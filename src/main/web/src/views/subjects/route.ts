import SubjectIcon from '../../components/icons/Subject.svelte'
import { route } from '../../routes'

export default route({
  path: '/subjects',
  load: () => import('./Subjects.svelte'),
  title: (texts) => texts.subjects.title,
  navigation: { order: 30, icon: SubjectIcon },
})
