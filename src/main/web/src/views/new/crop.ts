import type { Schema } from '../../api/client'

/** A part of a picture, as shares of its width and height. */
export type Box = Required<Schema<'CropBox'>>

export interface Size {
  width: number
  height: number
}

/** The edges of a box in percent of the picture. */
export const EDGES = ['left', 'top', 'right', 'bottom'] as const
export type Edges = Record<(typeof EDGES)[number], number>

/** A place in a picture, in percent. */
interface Place {
  x: number
  y: number
}

export const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 }

export function isWhole({ x, y, width, height }: Box = WHOLE): boolean {
  return x === 0 && y === 0 && width === 1 && height === 1
}

export function edgesOf({ x, y, width, height }: Box): Edges {
  return drawn({ x: 100 * x, y: 100 * y }, { x: 100 * (x + width), y: 100 * (y + height) })
}

/** The box with these edges; undefined if that is the whole picture. */
export function boxOf({ left, top, right, bottom }: Edges): Box | undefined {
  const box = { x: left / 100, y: top / 100, width: (right - left) / 100, height: (bottom - top) / 100 }
  return isWhole(box) ? undefined : box
}

/** The edges of what is drawn from one place to another, which may lie outside of the picture. */
export function drawn(from: Place, to: Place): Edges {
  const [left, right] = ends(from.x, to.x)
  const [top, bottom] = ends(from.y, to.y)
  return { left, top, right, bottom }
}

function ends(from: number, to: number): [low: number, high: number] {
  const within = (at: number) => Math.round(Math.min(100, Math.max(0, at)))
  const low = Math.min(99, within(Math.min(from, to)))
  return [low, Math.max(low + 1, within(Math.max(from, to)))]
}

/** Edges with one moved. It stays on its side of the opposite one. */
export function moved(edges: Edges, edge: keyof Edges, to: number): Edges {
  const { left, top, right, bottom } = edges
  const limits = { left: [0, right - 1], top: [0, bottom - 1], right: [left + 1, 100], bottom: [top + 1, 100] } as const
  const [least, most] = limits[edge]
  return { ...edges, [edge]: Math.min(most, Math.max(least, to)) }
}

/** The part of a picture that trains: all of its box, or the square in the middle of it. */
export function trained({ width, height }: Size, box: Box, square: boolean): Box {
  if (!square) return box
  const side = Math.min(box.width * width, box.height * height)
  const [across, down] = [side / width, side / height]
  return { x: box.x + (box.width - across) / 2, y: box.y + (box.height - down) / 2, width: across, height: down }
}

/** Where a picture lies in a square frame, in shares of the frame, when a part of it is seen as large as possible, in its middle. */
export function placed({ width, height }: Size, part: Box): Box {
  const ratio = (part.width * width) / (part.height * height)
  const [across, down] = [Math.min(1, ratio), Math.min(1, 1 / ratio)]
  const whole = { width: across / part.width, height: down / part.height }
  return { x: (1 - across) / 2 - part.x * whole.width, y: (1 - down) / 2 - part.y * whole.height, ...whole }
}
