package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.evaluation.Similarity;
import dev.likeness.diffusion.pipeline.Pipeline.ImageEncoder;
import dev.likeness.diffusion.pipeline.Pipeline.TextEncoder;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Captions pictures with a base model's CLIP, which chooses among captions composed from lists. */
public final class ComposedCaptions {

    private ComposedCaptions() {}

    /**
     * Describes pictures of a subject.
     *
     * @param classWord of the subject
     * @param pictures of any size
     * @return one caption a picture
     * @throws InvalidModelException if the model has no CLIP
     */
    public static List<String> of(Pipeline pipeline, CaptionLists lists, String classWord, List<RgbImage> pictures) {
        ImageEncoder images = pipeline.imageEncoder().orElseThrow(ComposedCaptions::noClip);
        TextEncoder texts = pipeline.textEncoder().orElseThrow(ComposedCaptions::noClip);
        List<String> captions = lists.captions(classWord);
        float[][] embeddings = texts.embed(captions);
        List<String> chosen = new ArrayList<>();
        for (float[] picture : images.embed(pictures)) {
            double[] similarities = Arrays.stream(embeddings)
                    .mapToDouble(text -> Similarity.cosine(picture, text))
                    .toArray();
            chosen.add(captions.get(lists.best(similarities)));
        }
        return chosen;
    }

    private static InvalidModelException noClip() {
        return new InvalidModelException("the model has no CLIP to choose captions with");
    }
}
