import Images from '../../components/icons/Images.svelte'
import { route } from '../../routes'

export default route({
  path: '/',
  load: () => import('./Gallery.svelte').then((it) => it.default),
  title: (texts) => texts.gallery.title,
  navigation: { order: 10, icon: Images },
})
