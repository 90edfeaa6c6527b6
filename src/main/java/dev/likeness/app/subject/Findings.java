package dev.likeness.app.subject;

import dev.likeness.app.subject.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is to be said of a subject's pictures. Thresholds were chosen on the 30 picture sets of DreamBooth, the bundled
 * ones and changed copies of both; {@code src/docs/pictures.md} has the figures.
 */
final class Findings {

    /** Bits. Copies cut by a fiftieth have 4, pictures of one subject that were taken apart 12 and more. */
    static final int SAME_HASH = 8;

    /** Of 255. Simple drawings may share a hash; those of different colours differ by 32 and more. */
    static final double SAME_PIXELS = 24;

    /** Sharp pictures have up to 0.55, those with a blur of three pixels in 512 from 0.62 on. */
    static final double BLURRED = 0.65;

    /** In units of CIE Lab. */
    static final double SAME_COLOURS = 12;

    /** How far apart edges are, as a share of how far apart middles are: it is 0.8 to 5 if subjects leave room. */
    static final double FILLED = 0.7;

    /** Share of the picture's short side. A head with its shoulders has a third. */
    static final double FILLING_FACE = 0.5;

    /** Mean something only where the subject is a person. */
    static final Set<String> OF_PEOPLE = Set.of("no_face", "several_faces", "face_close_ups");

    /** Fewer pictures are no pattern. */
    private static final int PATTERN = 3;

    private final List<CheckedPicture> pictures;
    private final List<Finding> findings = new ArrayList<>();

    private Findings(List<CheckedPicture> pictures) {
        this.pictures = pictures;
    }

    /** Those that need nothing but the pictures. See {@link #OF_PEOPLE}. */
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
                        %s was turned upright, as its EXIF data says. It is trained on as it stands now: see that it is \
                        not lying on its side.""", Map.of("orientation", traits.orientation()));
            }
            if (traits.blur() > BLURRED) {
                add("blurred", Severity.WARNING, List.of(i), """
                        %s is blurred. The model would learn the blur as part of the subject, and draw it so: send a \
                        sharper picture.""", figures("blur", traits.blur(), BLURRED));
            }
        }
    }

    private void nearDuplicates() {
        for (List<Integer> group : Pairs.groups(pictures.size(), this::nearlyTheSame)) {
            if (group.size() > 1) {
                int distance = (int) Pairs.sorted(group, this::hashDistance)[0];
                add("near_duplicates", Severity.WARNING, group, """
                        %s are nearly the same picture. What they share counts as often as they are, so the model would \
                        repeat that picture instead of learning the subject: keep one, and send others of another \
                        angle, place or light.""", figures("hash_distance", distance, SAME_HASH));
            }
        }
    }

    /** Also true of a subject that fills all pictures: their edges are the subject then. */
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
                        The model cannot tell which of the two is meant and would draw both: send pictures from other \
                        places, or captions that name the background.""",
                        figures("colour_distance", farthest, SAME_COLOURS));
                return true;
            }
        }
        return false;
    }

    /**
     * Where there is room around a subject, its surroundings differ more from picture to picture than it does itself.
     * This needs to know nothing of the subject, but sees only a part of all close-ups, so it is no warning.
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
                    has seen nothing but close-ups draws nothing else: send some pictures from farther away.""", figures("edges_to_middles", edges / middles, FILLED));
        }
    }

    private void faces() {
        List<Integer> filled = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            Integer faces = traits(i).faces();
            if (faces != null && faces == 0) {
                add("no_face", Severity.WARNING, List.of(i), """
                        No face was found in %s, so it teaches nothing of the face: send one that shows it, unless the \
                        person is to be seen from behind.""", figures("faces", 0, 1));
            }
            if (faces != null && faces > 1) {
                add("several_faces", Severity.WARNING, List.of(i), """
                        %s shows more than one face. The model cannot tell which one is meant and would mix them: cut \
                        the picture to the person, or send another.""", figures("faces", faces, 1));
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
                    A face fills %s. A model that has seen nothing but close-ups cannot draw the rest of the person: \
                    send some pictures that show the shoulders, and some that show all of the body.""", figures("smallest_face", smallest, FILLING_FACE));
        }
    }

    /**
     * What is said of pictures that have fewer pixels than a model is trained at.
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
                        "%s has %dx%d pixels and is enlarged to train at %d. The model would learn that it is less sharp than others: send one whose short side has at least %d."
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
