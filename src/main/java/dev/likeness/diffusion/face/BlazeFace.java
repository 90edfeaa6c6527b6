package dev.likeness.diffusion.face;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceModel.Anchor;
import java.util.ArrayList;
import java.util.List;

/** One network of the detector. Use it from one thread at a time. */
final class BlazeFace implements AutoCloseable {

    /** Centre, size and six landmarks for each anchor, in pixels of the network's input. */
    private static final int BOXES = 0;

    /** A logit for each anchor. */
    private static final int SCORES = 1;

    private static final int VALUES = 16;

    private final FaceModel model;
    private final LiteNetwork network;

    BlazeFace(FaceModel model) {
        this.model = model;
        this.network = LiteNetwork.of(model.file(), model.read());
    }

    /** Detects faces in a part of a picture. Detections with a score below {@code atLeast} are omitted. */
    List<Detection> detect(RgbImage image, Window window, double atLeast) {
        network.run(window.look(image, model.side()));
        float[] boxes = network.output(BOXES);
        float[] scores = network.output(SCORES);
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            float score = (float) (1 / (1 + Math.exp(-scores[i])));
            if (score >= atLeast) {
                detections.add(detection(boxes, i, score, window));
            }
        }
        return Detection.merge(detections);
    }

    private Detection detection(float[] boxes, int i, float score, Window window) {
        Anchor anchor = model.anchors().get(i);
        double scale = (double) window.side() / model.side();
        double x = window.x() + boxes[i * VALUES] * scale + anchor.x() * window.side();
        double y = window.y() + boxes[i * VALUES + 1] * scale + anchor.y() * window.side();
        double halfWidth = boxes[i * VALUES + 2] * scale / 2;
        double halfHeight = boxes[i * VALUES + 3] * scale / 2;
        return new Detection(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, score);
    }

    @Override
    public void close() {
        network.close();
    }
}
