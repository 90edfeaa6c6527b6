package dev.likeness.app.web.http;

import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.upload.PictureIntake;
import dev.likeness.app.upload.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the picture of each mask of a form: by the base name if that of each mask is the base name of one picture, and otherwise
 * by the order.
 */
public final class MaskPairs {

    /** The ending of OneTrainer's masks. */
    private static final String LABEL = "-masklabel";

    private final List<Upload> pictures;
    private final List<Upload> masks;

    private MaskPairs(List<Upload> pictures, List<Upload> masks) {
        this.pictures = pictures;
        this.masks = masks;
    }

    /**
     * The pictures with their masks.
     *
     * @throws InvalidSpecException if a mask has no picture
     */
    public static List<Upload> of(List<Upload> pictures, List<Upload> masks) {
        return masks.isEmpty() ? pictures : new MaskPairs(pictures, masks).pairs();
    }

    private List<Upload> pairs() {
        if (pictures.isEmpty()) {
            throw refusal("need their pictures: send them in images, in the same form", "value_error");
        }
        Map<Integer, Integer> byName = byName();
        if (byName.size() == masks.size()) {
            return with(byName);
        }
        if (!byName.isEmpty()) {
            throw new InvalidSpecException(IntStream.range(0, masks.size())
                    .filter(mask -> !byName.containsValue(mask))
                    .mapToObj(this::withoutPicture)
                    .toList());
        }
        if (masks.size() != pictures.size()) {
            throw refusal(
                    "must have the base names of their pictures, or be one for each picture in the same order; sent were masks: %d, pictures: %d"
                            .formatted(masks.size(), pictures.size()),
                    "wrong_length");
        }
        return with(IntStream.range(0, masks.size()).boxed().collect(Collectors.toMap(it -> it, it -> it)));
    }

    /** The mask of each picture whose base name only these two have. */
    private Map<Integer, Integer> byName() {
        List<String> ofPictures = pictures.stream().map(MaskPairs::base).toList();
        List<String> ofMasks = masks.stream().map(MaskPairs::withoutLabel).toList();
        Map<Integer, Integer> pairs = new TreeMap<>();
        for (int mask = 0; mask < masks.size(); mask++) {
            String name = ofMasks.get(mask);
            int picture = ofPictures.indexOf(name);
            if (picture >= 0
                    && ofPictures.lastIndexOf(name) == picture
                    && ofMasks.indexOf(name) == ofMasks.lastIndexOf(name)) {
                pairs.put(picture, mask);
            }
        }
        return pairs;
    }

    private List<Upload> with(Map<Integer, Integer> pairs) {
        List<Upload> paired = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            Integer mask = pairs.get(i);
            paired.add(mask == null ? pictures.get(i) : pictures.get(i).with(new Upload.Mask(mask, masks.get(mask))));
        }
        return paired;
    }

    private Violation withoutPicture(int mask) {
        String name = PictureIntake.printable(masks.get(mask).fileName(), mask);
        return new Violation(
                List.of(FormParts.MASKS, Integer.toString(mask)),
                "%s has a base name that is not the base name of one picture, unlike other masks; rename it like its picture, or leave it out"
                        .formatted(name),
                "value_error",
                Map.of("file_name", name));
    }

    private static InvalidSpecException refusal(String message, String type) {
        return new InvalidSpecException(List.of(new Violation(List.of(FormParts.MASKS), message, type)));
    }

    private static String withoutLabel(Upload mask) {
        String name = base(mask);
        return name.endsWith(LABEL) ? name.substring(0, name.length() - LABEL.length()) : name;
    }

    private static String base(Upload file) {
        String name = file.fileName();
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return dot <= 0 ? last : last.substring(0, dot);
    }
}
