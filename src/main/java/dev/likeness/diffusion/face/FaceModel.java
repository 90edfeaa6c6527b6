package dev.likeness.diffusion.face;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The two BlazeFace networks of MediaPipe, unchanged files of the npm package {@code @mediapipe/face_detection}.
 *
 * @see <a href="https://arxiv.org/abs/1907.05047">BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs</a>
 */
enum FaceModel {
    /** For faces that fill a large part of the picture. */
    SHORT_RANGE(
            "face_detection_short_range.tflite",
            "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
            128,
            List.of(new Grid(16, 2), new Grid(8, 6))),

    /** For smaller faces too. It misses faces that fill the picture. */
    FULL_RANGE(
            "face_detection_full_range.tflite",
            "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
            192,
            List.of(new Grid(48, 1)));

    private final String file;
    private final String sha256;
    private final int side;
    private final List<Anchor> anchors;

    FaceModel(String file, String sha256, int side, List<Grid> grids) {
        this.file = file;
        this.sha256 = sha256;
        this.side = side;
        this.anchors = grids.stream().flatMap(it -> it.anchors().stream()).toList();
    }

    String file() {
        return file;
    }

    /** Side of the square input in pixels. */
    int side() {
        return side;
    }

    /** The anchors that the network's outputs are relative to, in the order of the outputs. */
    List<Anchor> anchors() {
        return anchors;
    }

    byte[] read() {
        try (InputStream in = FaceModel.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FaceDetectorException("%s is not on the class path".formatted(file));
            }
            return check(in.readAllBytes());
        } catch (IOException e) {
            throw new FaceDetectorException("%s cannot be read".formatted(file), e);
        }
    }

    /** A file with a wrong weight would still load, and find different faces. */
    byte[] check(byte[] content) {
        String actual = HexFormat.of().formatHex(sha256().digest(content));
        if (!actual.equals(sha256)) {
            throw new FaceDetectorException(
                    "%s is damaged: %d bytes with SHA-256 %s, not %s".formatted(file, content.length, actual, sha256));
        }
        return content;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The centre of a cell, as a share of the picture's side. */
    record Anchor(float x, float y) {}

    /**
     * @param cells on a side
     * @param each anchors in every cell
     */
    private record Grid(int cells, int each) {

        List<Anchor> anchors() {
            List<Anchor> anchors = new ArrayList<>(cells * cells * each);
            for (int i = 0; i < cells * cells * each; i++) {
                int cell = i / each;
                anchors.add(new Anchor((cell % cells + 0.5f) / cells, (cell / cells + 0.5f) / cells));
            }
            return anchors;
        }
    }
}
