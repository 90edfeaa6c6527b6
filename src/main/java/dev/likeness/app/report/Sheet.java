package dev.likeness.app.report;

import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Images of every checkpoint for the same prompts and seeds.
 *
 * @param of {@code subject} or {@code class}
 * @param prompts one per column
 * @param rows one per step, the untrained model first
 * @param leftOut number of omitted images
 */
public record Sheet(String of, List<String> prompts, List<Row> rows, int leftOut) {

    /** More images would make a page of many megabytes, or pictures that are too small. */
    static final int IMAGES = 400;

    /** @param step 0 is the untrained model */
    public record Row(int step, List<Cell> cells) {}

    /** Images of one prompt. */
    public record Cell(List<Image> images) {}

    /**
     * @param id at {@code GET /v1/images/{id}}
     * @param file SHA-256
     */
    public record Image(UUID id, String file) {}

    /**
     * @param roles of the images that belong to it
     * @param each images of a prompt
     */
    static Sheet of(String of, List<String> prompts, int each, List<JobImage> images, Set<ImageRole> roles) {
        SortedMap<Integer, SortedMap<Integer, JobImage>> steps = new TreeMap<>();
        int all = 0;
        for (JobImage image : images) {
            if (roles.contains(image.role()) && image.position() < prompts.size() * each) {
                steps.computeIfAbsent(image.step(), it -> new TreeMap<>()).put(image.position(), image);
                all++;
            }
        }
        int imagesPerStep = IMAGES / Math.max(1, steps.size());
        int shownOfEach = Math.max(1, Math.min(each, imagesPerStep / prompts.size()));
        int shownPrompts = Math.max(1, Math.min(prompts.size(), imagesPerStep / shownOfEach));
        List<Row> rows = new ArrayList<>();
        int shown = 0;
        for (var step : steps.entrySet()) {
            List<Cell> cells = new ArrayList<>();
            for (int prompt = 0; prompt < shownPrompts; prompt++) {
                List<Image> cell = step.getValue().subMap(prompt * each, prompt * each + shownOfEach).values().stream()
                        .map(it -> new Image(it.id(), it.fileSha256()))
                        .toList();
                shown += cell.size();
                cells.add(new Cell(cell));
            }
            rows.add(new Row(step.getKey(), cells));
        }
        return new Sheet(of, List.copyOf(prompts.subList(0, shownPrompts)), rows, all - shown);
    }
}
