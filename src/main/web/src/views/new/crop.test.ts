import { describe, expect, test } from 'vitest'
import { boxOf, drawn, edgesOf, moved, placed, trained, WHOLE, type Box } from './crop'

const WIDE = { width: 400, height: 200 }
const right: Box = { x: 0.5, y: 0, width: 0.5, height: 1 }

describe('a box', () => {
  test('is what was drawn in any direction, within the picture', () => {
    expect(drawn({ x: 80.4, y: 120 }, { x: -10, y: 30 })).toEqual({ left: 0, top: 30, right: 80, bottom: 100 })
  })

  test('is never empty', () => {
    expect(drawn({ x: 100, y: 50 }, { x: 100, y: 50 })).toEqual({ left: 99, top: 50, right: 100, bottom: 51 })
    expect(moved({ left: 10, top: 0, right: 20, bottom: 100 }, 'left', 60)).toMatchObject({ left: 19, right: 20 })
    expect(moved({ left: 10, top: 0, right: 20, bottom: 100 }, 'right', 0)).toMatchObject({ left: 10, right: 11 })
  })

  test('ends inside the picture, whatever its edges', () => {
    for (let left = 0; left < 100; left++) {
      const { x, width } = boxOf({ left, top: 1, right: 100, bottom: 100 }) ?? WHOLE
      expect(x + width).toBeLessThanOrEqual(1)
    }
  })

  test('of a whole picture is none', () => {
    expect(boxOf(edgesOf(WHOLE))).toBeUndefined()
    expect(boxOf(edgesOf(right))).toEqual(right)
  })
})

describe('what trains', () => {
  test('is the square in the middle of the box', () => {
    expect(trained(WIDE, WHOLE, true)).toEqual({ x: 0.25, y: 0, width: 0.5, height: 1 })
    expect(trained(WIDE, right, true)).toEqual(right)
    expect(trained(WIDE, { x: 0, y: 0, width: 0.2, height: 1 }, true)).toEqual({ x: 0, y: 0.3, width: 0.2, height: 0.4 })
  })

  test('is all of the box where pictures keep their shape', () => {
    expect(trained(WIDE, WHOLE, false)).toEqual(WHOLE)
  })

  test('fills a frame, or is as large as fits', () => {
    expect(placed(WIDE, right)).toEqual({ x: -1, y: 0, width: 2, height: 1 })
    expect(placed(WIDE, WHOLE)).toEqual({ x: 0, y: 0.25, width: 1, height: 0.5 })
  })
})
