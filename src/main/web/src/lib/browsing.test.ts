import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Browsing } from './browsing'

describe('of pictures in a table', () => {
  const pictures = ['a', 'b'].flatMap((row) => ['1', '2'].map((column) => ({ row, column, id: row + column })))
  let id: string
  const browsing = new Browsing(() => pictures, () => pictures.findIndex((it) => it.id === id), (it) => (id = it.id))
  const press = (key: string, more: Partial<KeyboardEvent> = {}) => browsing.press({ key, preventDefault: vi.fn(), ...more } as KeyboardEvent)
  const swipe = (from: number, to: number) => {
    browsing.down({ clientX: from } as PointerEvent)
    browsing.up({ clientX: to } as PointerEvent)
  }

  beforeEach(() => {
    id = 'a1'
  })

  test('each key leads to another one, and to none beyond the ends', () => {
    const seen = ['ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'End', 'ArrowRight', 'Home'].map((key) => {
      press(key)
      return id
    })

    expect(seen).toEqual(['a1', 'a2', 'b2', 'b2', 'b1', 'a1', 'b2', 'b2', 'a1'])
  })

  test('keys of the browser stay its own', () => {
    press('ArrowRight', { altKey: true })

    expect(id).toBe('a1')
  })

  test('a swipe to the left leads on, a short one nowhere', () => {
    swipe(200, 161)
    expect(id).toBe('a1')
    swipe(200, 160)
    expect(id).toBe('a2')
    swipe(100, 140)
    expect(id).toBe('a1')
  })
})
