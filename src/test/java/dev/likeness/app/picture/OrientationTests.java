package dev.likeness.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTests {

    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int ORIENTATION = 0x0112;
    private static final int MAKE = 0x010f;
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    static Stream<ByteOrder> byteOrders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void readsTheTagOfTheFirstDirectoryWhereverItIs(ByteOrder order) {
        for (int value = 1; value <= 8; value++) {
            assertThat(Orientation.of(exif(order, 8, SHORT, value))).isEqualTo(new Orientation(value));
            assertThat(Orientation.of(exif(order, 1234, SHORT, value))).isEqualTo(new Orientation(value));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 255, 65535})
    void isUprightWhereTheValueMeansNothing(int value) {
        assertThat(Orientation.of(exif(ByteOrder.LITTLE_ENDIAN, 8, SHORT, value)))
                .isEqualTo(UPRIGHT);
    }

    @Test
    void isUprightWhereTheTagHasAnotherType() {
        assertThat(Orientation.of(exif(ByteOrder.LITTLE_ENDIAN, 8, LONG, 6))).isEqualTo(UPRIGHT);
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void isUprightWhereTheDataEndTooEarly(ByteOrder order) {
        byte[] whole = exif(order, 8, SHORT, 6);

        assertThat(Orientation.of(null)).isEqualTo(UPRIGHT);
        // The last six bytes are the rest of the value's field and the end of the directory.
        for (int length = 0; length < whole.length - 6; length++) {
            assertThat(Orientation.of(Arrays.copyOf(whole, length))).isEqualTo(UPRIGHT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 35, 36, 37, 38})
    void isUprightWhereTheDirectoryIsBeyondTheEnd(int offset) {
        byte[] exif = exif(ByteOrder.LITTLE_ENDIAN, 8, SHORT, 6);
        ByteBuffer.wrap(exif).order(ByteOrder.LITTLE_ENDIAN).putInt(4, offset);

        assertThat(Orientation.of(exif)).isEqualTo(UPRIGHT);
    }

    @ParameterizedTest
    @MethodSource("byteOrders")
    void isOneOfTheEightWhateverTheBytesAre(ByteOrder order) {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] exif = exif(order, 8, SHORT, 6);
            for (int damages = 0; damages < 4; damages++) {
                exif[random.nextInt(exif.length)] = (byte) random.nextInt();
            }

            assertThat(Orientation.of(exif).value()).isBetween(1, 8);
        }
    }

    /** As many tags as a segment of JPEG holds: values of 64 KB each would take 340 MB, and more as text. */
    @ParameterizedTest
    @ValueSource(ints = {ASCII, SHORT})
    void readsNoValueOfOtherTags(int type) {
        int entries = 5_400;
        ByteBuffer exif = ByteBuffer.allocate(14 + 12 * entries).order(ByteOrder.LITTLE_ENDIAN);
        header(exif, 8).putShort((short) entries);
        IntStream.range(0, entries - 1).forEach(it -> entry(exif, MAKE, type, 30_000, 0));
        entry(exif, ORIENTATION, SHORT, 1, 6);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Orientation orientation = Orientation.of(exif.array());

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        assertThat(orientation).isEqualTo(new Orientation(6));
    }

    /** A directory of one other tag and the orientation, at the given place. */
    private static byte[] exif(ByteOrder order, int directory, int type, int value) {
        ByteBuffer exif = ByteBuffer.allocate(directory + 30).order(order);
        header(exif, directory);
        exif.position(directory).putShort((short) 2);
        entry(exif, MAKE, ASCII, 4, 0);
        entry(exif, ORIENTATION, type, 1, value);
        return exif.array();
    }

    private static ByteBuffer header(ByteBuffer exif, int directory) {
        byte letter = (byte) (exif.order() == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        return exif.put(letter).put(letter).putShort((short) 42).putInt(directory);
    }

    /** An entry whose value stands in the first two bytes of its field. */
    private static void entry(ByteBuffer exif, int tag, int type, int count, int value) {
        exif.putShort((short) tag).putShort((short) type).putInt(count);
        exif.putShort((short) value).putShort((short) 0);
    }
}
