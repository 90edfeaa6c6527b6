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
 * <p>Both networks propose faces in the whole picture: the full-range one finds small faces, the short-range one finds
 * faces that fill the picture. Then both process an enlarged crop of every proposal, and the mean of their scores
 * decides. This makes the box precise and removes false proposals: the lowest score of 24 faces in photographs is then
 * 0.70, and the highest score of toys and cartoon animals is 0.54.
 *
 * <p>It finds faces of at least about a fifteenth of the picture's longer side, from the front and from the side. Any
 * thread can use it; pictures are processed one at a time.
 */
public final class FaceDetector implements AutoCloseable {

    /** Low, because the mean of both networks decides. */
    private static final double SEEN = 0.4;

    private static final double FOUND = 0.6;

    /** The margin of the enlarged crop on each side, as a share of the face. */
    private static final double SURROUNDINGS = 1;

    private final BlazeFace fullRange;
    private final BlazeFace shortRange;
    private boolean closed;

    private FaceDetector(BlazeFace fullRange, BlazeFace shortRange) {
        this.fullRange = fullRange;
        this.shortRange = shortRange;
    }

    /** @throws FaceDetectorException if the native library is missing for this platform, or a model is damaged */
    public static FaceDetector load() {
        BlazeFace fullRange = new BlazeFace(FaceModel.FULL_RANGE);
        try {
            return new FaceDetector(fullRange, new BlazeFace(FaceModel.SHORT_RANGE));
        } catch (RuntimeException e) {
            fullRange.close();
            throw e;
        }
    }

    /** The faces in a picture, the largest first; empty without faces. */
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

    /** A network that no longer detects the proposal counts as a score of 0. */
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

    /** Clips a box to the picture. */
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
