package dev.likeness.diffusion.face;

import dev.likeness.diffusion.data.RgbImage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds faces with MediaPipe's two BlazeFace networks, run by TensorFlow Lite through Bytedeco's JavaCPP: 5 MB of jars
 * and 1.3 MB of models, where OpenCV for Java takes 54 MB, ONNX Runtime as much, and a cascade of OpenCV's misses every
 * fourth face.
 *
 * <p>Both networks propose faces in the whole picture: the full-range one sees the small ones, the short-range one those
 * that fill the picture. Then both look at every proposal from nearer, and the mean of their scores decides. That makes
 * the box exact and throws out what only looks like a face from afar: of 24 faces in photographs the least sure one has
 * 0.70 then, of the toys and drawn animals the most alike 0.54.
 *
 * <p>A face is found from about a fifteenth of the picture's longer side on, from the front and from the side. Can be used
 * from any thread; pictures are looked at one at a time.
 */
public final class FaceDetector implements AutoCloseable {

    /** Low, because the mean of both networks decides. */
    private static final double SEEN = 0.4;

    private static final double FOUND = 0.6;

    /** How much of a face's surroundings the nearer look takes in, on each side. */
    private static final double SURROUNDINGS = 1;

    private final BlazeFace fullRange;
    private final BlazeFace shortRange;
    private boolean closed;

    private FaceDetector(BlazeFace fullRange, BlazeFace shortRange) {
        this.fullRange = fullRange;
        this.shortRange = shortRange;
    }

    /** @throws FaceDetectorException if the native library is not there for this platform, or a model is damaged */
    public static FaceDetector load() {
        BlazeFace fullRange = new BlazeFace(FaceModel.FULL_RANGE);
        try {
            return new FaceDetector(fullRange, new BlazeFace(FaceModel.SHORT_RANGE));
        } catch (RuntimeException e) {
            fullRange.close();
            throw e;
        }
    }

    /** The faces in a picture, the largest first; empty if there is none. */
    public synchronized List<FaceBox> detect(RgbImage image) {
        if (closed) {
            throw new IllegalStateException("the face detector is closed");
        }
        Window whole = Window.around(image);
        List<Detection> proposals =
                networks().flatMap(it -> it.detect(image, whole, SEEN).stream()).toList();
        List<Detection> faces = Detection.merge(proposals).stream()
                .flatMap(it -> fromNearer(image, it).stream())
                .toList();
        return Detection.merge(faces).stream()
                .map(it -> box(it, image))
                .sorted(Comparator.comparingLong(FaceBox::area).reversed())
                .toList();
    }

    /** A network that does not see the proposal any more counts as a score of 0. */
    private Optional<Detection> fromNearer(RgbImage image, Detection proposal) {
        Window near = Window.around(proposal, SURROUNDINGS);
        List<Detection> seen = networks()
                .flatMap(it -> it.detect(image, near, SEEN).stream()
                        .filter(proposal::sameFaceAs)
                        .limit(1))
                .toList();
        double score = seen.stream().mapToDouble(Detection::score).sum() / 2;
        return score < FOUND ? Optional.empty() : Optional.of(Detection.mean(seen, (float) score));
    }

    private Stream<BlazeFace> networks() {
        return Stream.of(fullRange, shortRange);
    }

    /** What reaches beyond the picture is cut off. */
    private static FaceBox box(Detection face, RgbImage image) {
        int left = inside(face.left(), image.width() - 1);
        int top = inside(face.top(), image.height() - 1);
        int right = inside(face.right(), image.width());
        int bottom = inside(face.bottom(), image.height());
        return new FaceBox(left, top, Math.max(1, right - left), Math.max(1, bottom - top), face.score());
    }

    private static int inside(double at, int most) {
        return (int) Math.max(0, Math.min(most, Math.round(at)));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            fullRange.close();
            shortRange.close();
        }
    }
}
