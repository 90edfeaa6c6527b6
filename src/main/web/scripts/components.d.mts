export const components: string[]
