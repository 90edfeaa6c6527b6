package dev.likeness.app.subject;

import dev.likeness.app.picture.PerceptualHash;
import dev.likeness.app.picture.Traits;
import dev.likeness.app.subject.Finding.Severity;
import dev.likeness.app.upload.CheckedPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds what affects training in a subject's pictures. The thresholds come from the 30 picture sets of DreamBooth, the
 * bundled sets and changed copies of both; see {@code src/docs/pictures.md}.
 */
final class Findings {

    /** In bits. Copies that are cropped by a fiftieth differ by 4, separate pictures of one subject by 12 or more. */
    static final int SAME_HASH = 8;

    /** Of 255. Simple graphics may have the same hash, but graphics of different colours differ by 32 or more. */
    static final double SAME_PIXELS = 24;

    /** Sharp pictures have at most 0.55, pictures with a blur of three pixels in 512 at least 0.62. */
    static final double BLURRED = 0.65;

    /** In units of CIE Lab. */
    static final double SAME_COLOURS = 12;

    /**
     * The distance between edges divided by the distance between middles. It is 0.8 to 5 if the subject does not fill
     * the pictures.
     */
    static final double FILLED = 0.7;

    /** Share of the picture's short side. A head with its shoulders has a third. */
    static final double FILLING_FACE = 0.5;

    /** Findings that apply to persons only. */
    static final Set<String> OF_PEOPLE = Set.of("no_face", "several_faces", "face_close_ups");

    /** The fewest pictures that count as a pattern. */
    private static final int PATTERN = 3;

    private final List<CheckedPicture> pictures;
    private final List<Finding> findings = new ArrayList<>();

    private Findings(List<CheckedPicture> pictures) {
        this.pictures = pictures;
    }

    /** All findings that depend only on the pictures. See {@link #OF_PEOPLE}. */
    static List<Finding> of(List<CheckedPicture> pictures) {
        Findings findings = new Findings(pictures);
        findings.single();
        findings.nearDuplicates();
        if (!findings.sameBackground()) {
            findings.closeUps();
        }
        findings.faces();
        return findings.findings;
    }

    private void single() {
        for (int i = 0; i < pictures.size(); i++) {
            Traits traits = traits(i);
            if (traits.orientation() != 1) {
                add("turned", Severity.INFO, List.of(i), """
                        %s was turned upright, as its EXIF data says, and training uses it so. Check that it is \
                        not lying on its side.""", Map.of("orientation", traits.orientation()));
            }
            if (traits.blur() > BLURRED) {
                add("blurred", Severity.WARNING, List.of(i), """
                        %s is blurred. The model would learn the blur as part of the subject. Send a \
                        sharper picture.""", figures("blur", traits.blur(), BLURRED));
            }
        }
    }

    private void nearDuplicates() {
        for (List<Integer> group : Pairs.groups(pictures.size(), this::nearlyTheSame)) {
            if (group.size() > 1) {
                int distance = (int) Pairs.sorted(group, this::hashDistance)[0];
                add("near_duplicates", Severity.WARNING, group, """
                        %s are nearly the same picture. Their common content counts several times, so the model would \
                        repeat that picture instead of learning the subject. Keep one, and send others with another \
                        angle, place or light.""", figures("hash_distance", distance, SAME_HASH));
            }
        }
    }

    /** This also applies to a subject that fills all pictures, because their edges show the subject. */
    private boolean sameBackground() {
        List<Integer> all = IntStream.range(0, pictures.size()).boxed().toList();
        for (int i : all) {
            List<Integer> alike = all.stream()
                    .filter(it -> edgeDistance(i, it) <= SAME_COLOURS)
                    .toList();
            if (alike.size() >= PATTERN && alike.size() * 2 > all.size()) {
                double farthest = alike.stream()
                        .mapToDouble(it -> edgeDistance(i, it))
                        .max()
                        .orElse(0);
                add(
                        "same_background",
                        Severity.WARNING,
                        alike,
                        """
                        The edges of %s have the same colours, so the subject seems to have the same background there. \
                        The model cannot separate the two and would generate both. Send pictures from other \
                        places, or captions that name the background.""",
                        figures("colour_distance", farthest, SAME_COLOURS));
                return true;
            }
        }
        return false;
    }

    /**
     * If a subject does not fill the pictures, its surroundings differ more between pictures than the subject. This
     * needs no knowledge of the subject. It detects only some close-ups, so it is no warning.
     */
    private void closeUps() {
        List<Integer> all = IntStream.range(0, pictures.size()).boxed().toList();
        if (all.size() < PATTERN) {
            return;
        }
        double edges = Pairs.median(all, this::edgeDistance);
        double middles = Pairs.median(
                all, (i, j) -> traits(i).middle().distance(traits(j).middle()));
        if (edges < FILLED * middles) {
            add("close_ups", Severity.INFO, all, """
                    The edges of %s differ less than their middles do, so the subject seems to fill them. A model that \
                    has seen only close-ups generates only close-ups. Send some pictures from farther away.""", figures("edges_to_middles", edges / middles, FILLED));
        }
    }

    private void faces() {
        List<Integer> filled = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            Integer faces = traits(i).faces();
            if (faces != null && faces == 0) {
                add("no_face", Severity.WARNING, List.of(i), """
                        No face was found in %s, so the model learns nothing about the face. Send a picture with a face, unless the \
                        person is meant to be seen from behind.""", figures("faces", 0, 1));
            }
            if (faces != null && faces > 1) {
                add("several_faces", Severity.WARNING, List.of(i), """
                        %s shows more than one face. The model cannot tell which one is meant and would mix them. Crop \
                        the picture to the person, or send another one.""", figures("faces", faces, 1));
            }
            if (traits(i).largestFace() >= FILLING_FACE) {
                filled.add(i);
            }
        }
        if (filled.size() >= PATTERN && filled.size() * 2 > pictures.size()) {
            double smallest = filled.stream()
                    .mapToDouble(it -> traits(it).largestFace())
                    .min()
                    .orElse(0);
            add("face_close_ups", Severity.WARNING, filled, """
                    A face fills %s. A model that has seen only close-ups cannot generate the rest of the person. \
                    Send some pictures that show the shoulders, and some that show the whole body.""", figures("smallest_face", smallest, FILLING_FACE));
        }
    }

    /**
     * Finds pictures that have fewer pixels than the training resolution.
     *
     * @param resolution side of a training picture in pixels
     */
    static List<Finding> ofSizes(List<SubjectPicture> pictures, int resolution) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            SubjectPicture picture = pictures.get(i);
            int side = Math.min(picture.width(), picture.height());
            if (side < resolution) {
                findings.add(new Finding(
                        "upscaled",
                        Severity.WARNING,
                        List.of(i),
                        "%s has %dx%d pixels and is enlarged to train at %d. The model would learn the lower sharpness. Send a picture whose short side has at least %d."
                                .formatted(
                                        picture.fileName(), picture.width(), picture.height(), resolution, resolution),
                        figures("short_side", side, resolution)));
            }
        }
        return findings;
    }

    private void add(String code, Severity severity, List<Integer> about, String message, Map<String, Number> figures) {
        List<String> names =
                about.stream().map(it -> pictures.get(it).fileName()).toList();
        int last = names.size() - 1;
        String listed = last == 0
                ? names.get(0)
                : "%s and %s".formatted(String.join(", ", names.subList(0, last)), names.get(last));
        findings.add(new Finding(code, severity, about, message.formatted(listed), figures));
    }

    private static Map<String, Number> figures(String name, Number value, Number threshold) {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put(name, value instanceof Double it ? Math.round(it * 1000) / 1000.0 : value);
        figures.put("threshold", threshold);
        return figures;
    }

    private Traits traits(int i) {
        return pictures.get(i).traits();
    }

    private boolean nearlyTheSame(int i, int j) {
        return hashDistance(i, j) <= SAME_HASH && traits(i).difference(traits(j)) <= SAME_PIXELS;
    }

    private int hashDistance(int i, int j) {
        return PerceptualHash.distance(traits(i).hash(), traits(j).hash());
    }

    private double edgeDistance(int i, int j) {
        return traits(i).edges().distance(traits(j).edges());
    }
}
