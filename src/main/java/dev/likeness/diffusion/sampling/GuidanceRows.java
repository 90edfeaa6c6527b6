package dev.likeness.diffusion.sampling;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.family.Conditioning;
import dev.likeness.diffusion.sampling.GuidedSampling.Part;
import dev.likeness.diffusion.sampling.GuidedSampling.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows of the denoiser's input for some images, with their conditioning, in groups for one pass of the denoiser each. Many parts
 * of a prompt then take no more memory than the guidance of plain prompts.
 */
final class GuidanceRows implements AutoCloseable {

    private final NDManager scope;
    private final List<Text> texts;
    private final boolean unguided;
    private final List<Row> rows;
    private final List<Conditioning> groups = new ArrayList<>();
    private final int most;

    /**
     * A row: one prompt of one image.
     *
     * @param image index of the image
     * @param weight of the part; 0 for an unconditional row
     */
    record Row(int image, Conditioning text, double weight, boolean isUnconditional) {}

    /**
     * @param parent of the conditioning's memory
     * @param texts of each image
     * @param unguided whether the scale of guidance is 1
     * @param embedded whether the denoiser embeds the scale
     */
    GuidanceRows(NDManager parent, List<Text> texts, boolean unguided, boolean embedded) {
        scope = parent.newSubManager();
        this.texts = texts;
        this.unguided = unguided;
        rows = rows(texts, unguided, embedded);
        most = 2 * texts.size();
        for (int from = 0; from < rows.size(); from += most) {
            groups.add(Conditioning.concat(
                    scope, group(from / most).stream().map(Row::text).toList()));
        }
    }

    /** Unconditional rows come first. An image whose prediction is that of its prompt alone has none. */
    private static List<Row> rows(List<Text> texts, boolean unguided, boolean embedded) {
        List<Row> rows = new ArrayList<>();
        List<Row> conditional = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Text text = texts.get(i);
            if (!text.isPlain() && embedded) {
                throw new IllegalArgumentException("a denoiser that embeds guidance cannot add several prompts");
            }
            if (!text.isPlain() || !unguided && !embedded) {
                rows.add(new Row(i, Objects.requireNonNull(text.unconditional()), 0, true));
            }
            for (Part part : text.parts()) {
                conditional.add(new Row(i, part.conditional(), part.weight(), false));
            }
        }
        rows.addAll(conditional);
        return rows;
    }

    int groups() {
        return groups.size();
    }

    List<Row> group(int number) {
        return rows.subList(number * most, Math.min(rows.size(), (number + 1) * most));
    }

    Conditioning conditioning(int group) {
        return groups.get(group);
    }

    /** Whether these rows are those of other texts, too. */
    boolean isOf(List<Text> others, boolean otherUnguided) {
        if (otherUnguided != unguided) {
            return false;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        scope.close();
    }
}
