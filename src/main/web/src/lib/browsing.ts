/** Length of a swipe, in pixels. */
const SWIPE = 40

/** Where a picture stands, if it is in a table of pictures. */
interface Placed {
  row?: string
  column?: string
}

/** The ways from one of several pictures to another: keys and swipes. */
export class Browsing<T extends Placed> {
  #from: number | undefined
  readonly #ways: Record<string, () => T | undefined> = {
    ArrowLeft: () => this.#at(-1),
    ArrowRight: () => this.#at(1),
    ArrowUp: () => this.#inColumn(this.pictures().slice(0, this.index()).reverse()),
    ArrowDown: () => this.#inColumn(this.pictures().slice(this.index() + 1)),
    Home: () => this.pictures()[0],
    End: () => this.pictures().at(-1),
  }

  /** @param show shows another picture */
  constructor(
    private readonly pictures: () => T[], private readonly index: () => number, private readonly show: (picture: T) => void,
  ) {}

  /** Goes by one, back with -1, unless there is none. */
  readonly go = (by: 1 | -1): void => this.#show(this.#at(by))

  readonly press = (event: KeyboardEvent): void => {
    const way = this.#ways[event.key]
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.#show(way())
  }

  readonly down = (event: PointerEvent): void => {
    this.#from = event.clientX
  }

  readonly up = (event: PointerEvent): void => {
    const length = event.clientX - (this.#from ?? event.clientX)
    this.#from = undefined
    if (Math.abs(length) >= SWIPE) this.go(length < 0 ? 1 : -1)
  }

  #show(picture: T | undefined): void {
    if (picture) this.show(picture)
  }

  #at(by: number): T | undefined {
    return this.pictures()[this.index() + by]
  }

  #inColumn(list: T[]): T | undefined {
    const present = this.#at(0)
    return list.find((it) => it.column === present?.column && it.row !== present?.row)
  }
}
