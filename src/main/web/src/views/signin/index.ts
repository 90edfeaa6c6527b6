export { default as SignIn } from './SignIn.svelte'
export { default as SignInAgain } from './SignInAgain.svelte'
