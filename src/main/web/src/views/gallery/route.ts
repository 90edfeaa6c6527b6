import Images from '../../components/icons/Images.svelte'
import { route } from '../../routes'

export default route({
  path: '/',
  load: () => import('./Gallery.svelte'),
  title: (texts) => texts.gallery.title,
  navigation: { order: 10, icon: Images },
})
