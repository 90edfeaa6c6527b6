import type { Schema } from '../../api/client'
import { hasAdapter, subjectOf } from '../../lib/jobs'

type Job = Schema<'Job'>
type Form = Schema<'GenerationForm'>

/** Settings that are numbers. Left empty, the service takes the job's own; the seed then is another one each time. */
export const NUMBERS = ['images_per_prompt', 'seed', 'steps', 'guidance', 'guidance_rescale', 'width', 'height', 'eta', 'lora_unet_scale', 'lora_text_scale'] as const
export type NumberSetting = (typeof NUMBERS)[number]

/** What may be wrong with an adapter to merge itself, and with its scales. */
export const MERGED_TEXTS = ['id', 'job_id', 'placeholder'] as const
export const MERGED_SCALES = ['unet_scale', 'text_scale'] as const

/** An adapter to merge. Only a LoRA has scales. */
export interface Merged extends Schema<'AdapterUse'> {
  kind: Schema<'AdapterKind'>
}

/** The numbers that change seldom and have an effect, in the order of their fields. */
export function seldomNumbers({ sampler }: Pick<Draft, 'sampler'>, job: Job): NumberSetting[] {
  return [
    'steps', 'guidance', 'guidance_rescale', 'width', 'height',
    ...(sampler === 'ddim' ? ['eta' as const] : []),
    ...(hasAdapter(job.spec?.method) ? ['lora_unet_scale' as const, 'lora_text_scale' as const] : []),
  ]
}

/** What of a request has a place on the page that says what is wrong with it. */
export function placesOf(draft: Pick<Draft, 'sampler' | 'adapters'>, job: Job): string[] {
  return [
    'prompts', 'checkpoint_step', 'weights', 'images_per_prompt', 'seed', 'negative_prompt', 'sampler', 'guidance_interval',
    ...seldomNumbers(draft, job),
    ...draft.adapters.flatMap(({ kind }, i) =>
      [...MERGED_TEXTS, ...(kind === 'lora' ? MERGED_SCALES : [])].map((it) => `adapters.${i}.${it}`)),
  ]
}

/** Whether each thing that is wrong with a request stands at one of these places. */
export function isAt(places: string[], errors: Schema<'Problem'>['errors'] = []): boolean {
  const paths = errors.map(({ loc = [] }) => loc.filter((it) => it !== 'body').join('.'))
  return paths.length > 0 && paths.every((path) => places.some((it) => path === it || path.startsWith(`${it}.`)))
}

/** What made an image: the job's own weights of a step, undefined for its result, and what was merged with them. */
interface Weights {
  adapters: Schema<'UsedAdapter'>[]
  step: number | undefined
}

/** What was merged before, to be merged again. */
function mergedAgain(used: Schema<'UsedAdapter'>[]): Merged[] {
  return used.map(({ id, job_id, kind = 'lora', unet_scale = 1, text_scale = 1, placeholder }) =>
    ({ id, job_id, kind, unet_scale, text_scale, placeholder }))
}

/** What the prompt box holds until it is sent. */
export class Draft {
  /** One prompt a line. */
  prompts = $state('')
  negative = $state('')
  sampler = $state<Schema<'Sampler'>>('ddim')
  /** Both ends, or nothing for guidance everywhere. */
  guidanceInterval = $state('')
  /** How prompts are encoded, which has no field of its own. */
  encoding = $state<Pick<Form, 'clip_skip' | 'prompt_weighting'>>({})
  numbers = $state<Partial<Record<NumberSetting, number | null>>>({})
  adapters = $state<Merged[]>([])
  /** Training step of the weights; undefined for the job's result. */
  checkpointStep = $state<number>()
  /** Of a job with an average; undefined for those of the result. */
  kindOfWeights = $state<Schema<'WeightsKind'>>()
  /** The seed that takes the place of none, until something was made with it. */
  #drawn: number | undefined
  /** Where the prompt is typed, while it is on the page. */
  box: HTMLTextAreaElement | undefined

  constructor(job: Job) {
    const own = job.spec?.sampling ?? {}
    this.prompts = (job.spec?.instance_prompt ?? '{subject}').replaceAll('{subject}', subjectOf(job))
    this.#use(own)
    this.numbers.seed = null
  }

  /** Takes the settings of an image. With its seed, one image is made, the same; without it, others like it. */
  takeRecipe(recipe: NonNullable<Schema<'Recipe'>>, sameSeed: boolean, { adapters, step }: Weights): void {
    this.prompts = recipe.prompt ?? ''
    this.#use({
      ...recipe,
      guidance_rescale: recipe.guidance_rescale ?? 0,
      sampler: recipe.sampler as Schema<'Sampler'>,
      prompt_weighting: recipe.prompt_weighting as Schema<'PromptWeighting'>,
    })
    if (sameSeed) this.numbers.images_per_prompt = 1
    else this.numbers.seed = null
    this.#useWeights({ adapters, step })
  }

  /** Takes everything of an earlier generation, its seed, too. */
  takeSpec(spec: Schema<'Sampling'>, weights: Weights): void {
    this.prompts = (spec.prompts ?? []).join('\n')
    this.#use(spec)
    this.#useWeights(weights)
  }

  /** Puts words at the cursor of the prompt. */
  insert(words: string): void {
    const { box } = this
    const at = box?.selectionStart ?? this.prompts.length
    const before = this.prompts.slice(0, at)
    const added = `${before && !/\s$/.test(before) ? ' ' : ''}${words}`
    this.prompts = before + added + this.prompts.slice(box?.selectionEnd ?? at)
    box?.focus()
    setTimeout(() => box?.setSelectionRange(at + added.length, at + added.length))
  }

  /** Goes to the prompt. */
  show(): void {
    this.box?.scrollIntoView({ block: 'center' })
    this.box?.focus({ preventScroll: true })
  }

  /** The request. Without a seed it has another one each time that something was made. */
  form(): Form {
    const { seed, ...numbers } = this.numbers
    return {
      prompts: this.prompts.split('\n').map((it) => it.trim()).filter(Boolean),
      negative_prompt: this.negative,
      sampler: this.sampler,
      ...this.encoding,
      guidance_interval: this.guidanceInterval.split(/\s+/).filter(Boolean).map(Number),
      ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value != null)),
      seed: seed ?? (this.#drawn ??= crypto.getRandomValues(new Uint32Array(1))[0] ?? 0),
      ...(this.checkpointStep === undefined ? {} : { checkpoint_step: this.checkpointStep }),
      ...(this.kindOfWeights === undefined ? {} : { weights: this.kindOfWeights }),
      ...(this.adapters.length ? { adapters: this.adapters.map(({ kind, ...use }) => use) } : {}),
    }
  }

  /** Something was made. */
  made(): void {
    this.#drawn = undefined
  }

  #useWeights({ adapters, step }: Weights): void {
    this.adapters = mergedAgain(adapters)
    this.checkpointStep = step
  }

  #use(settings: Schema<'Sampling'>): void {
    this.negative = settings.negative_prompt ?? ''
    this.sampler = settings.sampler ?? this.sampler
    this.guidanceInterval = (settings.guidance_interval ?? []).join(' ')
    this.encoding = { clip_skip: settings.clip_skip ?? 0, prompt_weighting: settings.prompt_weighting ?? 'a1111' }
    for (const name of NUMBERS) if (settings[name] !== undefined) this.numbers[name] = settings[name]
  }
}
