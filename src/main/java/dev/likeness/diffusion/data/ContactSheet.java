package dev.likeness.diffusion.data;

import java.util.Arrays;
import java.util.List;

/** Pictures side by side in labelled rows, as one picture. It is rendered in plain Java, without fonts or a display. */
public final class ContactSheet {

    private static final int CHANNELS = 3;
    private static final int MARGIN = 12;
    private static final int GAP = 6;
    private static final int DOT = 2;
    private static final int LETTER_WIDTH = (DotMatrix.WIDTH + 1) * DOT;
    private static final int LABEL_HEIGHT = DotMatrix.HEIGHT * DOT + 8;
    private static final byte PAPER = (byte) 0xff;
    private static final byte INK = 0x30;

    private final int width;
    private final int height;
    private final byte[] rgb;

    private ContactSheet(int width, int height) {
        this.width = width;
        this.height = height;
        this.rgb = new byte[width * height * CHANNELS];
        Arrays.fill(rgb, PAPER);
    }

    /** A row: its label, cut off at the end of the sheet, and its pictures from the left. */
    public record Row(String label, List<RgbImage> images) {

        public Row {
            images = List.copyOf(images);
        }
    }

    /**
     * Renders a sheet.
     *
     * @param rows at least one, not all of them empty
     * @param cell side of the square in pixels that each picture is fitted into
     */
    public static RgbImage draw(List<Row> rows, int cell) {
        int columns = rows.stream().mapToInt(row -> row.images().size()).max().orElse(0);
        if (columns == 0) {
            throw new IllegalArgumentException("a contact sheet without pictures");
        }
        int rowHeight = LABEL_HEIGHT + cell + MARGIN;
        ContactSheet sheet =
                new ContactSheet(2 * MARGIN + columns * cell + (columns - 1) * GAP, MARGIN + rows.size() * rowHeight);
        for (int r = 0; r < rows.size(); r++) {
            int top = MARGIN + r * rowHeight;
            sheet.write(rows.get(r).label(), MARGIN, top);
            List<RgbImage> images = rows.get(r).images();
            for (int i = 0; i < images.size(); i++) {
                sheet.paste(fitted(images.get(i), cell), MARGIN + i * (cell + GAP), top + LABEL_HEIGHT, cell);
            }
        }
        return new RgbImage(sheet.width, sheet.height, sheet.rgb);
    }

    private static RgbImage fitted(RgbImage image, int cell) {
        int longSide = Math.max(image.width(), image.height());
        return PillowResize.bicubic(
                image, Math.max(1, image.width() * cell / longSide), Math.max(1, image.height() * cell / longSide));
    }

    /** Places a picture in the middle of a cell. */
    private void paste(RgbImage image, int left, int top, int cell) {
        int x = left + (cell - image.width()) / 2;
        int y = top + (cell - image.height()) / 2;
        int row = image.width() * CHANNELS;
        for (int i = 0; i < image.height(); i++) {
            System.arraycopy(image.rgb(), i * row, rgb, ((y + i) * width + x) * CHANNELS, row);
        }
    }

    private void write(String text, int left, int top) {
        int fitting = Math.min(text.length(), (width - 2 * MARGIN) / LETTER_WIDTH);
        for (int i = 0; i < fitting; i++) {
            for (int x = 0; x < DotMatrix.WIDTH; x++) {
                for (int y = 0; y < DotMatrix.HEIGHT; y++) {
                    if (DotMatrix.isSet(text.charAt(i), x, y)) {
                        dot(left + i * LETTER_WIDTH + x * DOT, top + y * DOT);
                    }
                }
            }
        }
    }

    private void dot(int left, int top) {
        for (int y = top; y < top + DOT; y++) {
            int from = (y * width + left) * CHANNELS;
            Arrays.fill(rgb, from, from + DOT * CHANNELS, INK);
        }
    }
}
