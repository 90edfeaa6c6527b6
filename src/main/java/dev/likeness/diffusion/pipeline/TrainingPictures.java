package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingCrops;
import dev.likeness.diffusion.data.TrainingFrame;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.training.PictureExamples.Picture;
import dev.likeness.diffusion.training.PictureExamples.View;
import dev.likeness.diffusion.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Crops pictures, marks their faces, and encodes them. */
final class TrainingPictures {

    private final NDManager manager;
    private final LatentCodec codec;
    private final TrainingSettings settings;

    /** @param manager of the whole run, because crops are encoded during it */
    TrainingPictures(NDManager manager, LatentCodec codec, TrainingSettings settings) {
        this.manager = manager;
        this.codec = codec;
        this.settings = settings;
    }

    /** Pictures of the subject. */
    List<Picture> instance(TrainingRequest.Subject subject) {
        TrainingRequest.Faces faces = subject.faces();
        List<Picture> pictures = new ArrayList<>();
        for (RgbImage image : subject.images()) {
            FaceCrop face =
                    faces == null ? null : faces.crops().get(pictures.size()).orElse(null);
            pictures.add(instance(image, face, faces != null && faces.region() == FacialLoss.MASK));
        }
        return pictures;
    }

    private Picture instance(RgbImage image, @Nullable FaceCrop face, boolean masked) {
        TrainingCrops crops = settings.randomCrop() ? TrainingCrops.all(image, side()) : middle(image);
        List<View> views = IntStream.range(0, crops.count())
                .mapToObj(number -> new View(
                        latents(crops, number, false),
                        settings.randomFlip() ? latents(crops, number, true) : null,
                        sizes(image, crops.frame(number)),
                        face == null || !masked ? null : mask(face, crops.frame(number))))
                .toList();
        return new Picture(views, face == null || masked ? null : latents(middle(face.of(image)), 0, false));
    }

    /** Class images, of which the middle trains. */
    List<Picture> prior(List<RgbImage> images) {
        return images.stream().map(this::prior).toList();
    }

    private Picture prior(RgbImage image) {
        TrainingCrops middle = middle(image);
        return new Picture(
                List.of(new View(latents(middle, 0, false), null, sizes(image, middle.frame(0)), null)), null);
    }

    /**
     * A picture with one crop is encoded once, and its moments are kept. A picture with random crops can have hundreds, and
     * training uses few of them twice, so each is encoded when it is used.
     */
    private Supplier<LatentMoments> latents(TrainingCrops crops, int number, boolean mirrored) {
        if (crops.count() > 1) {
            return () -> codec.encode(manager, crops.values(number, mirrored));
        }
        LatentMoments kept = codec.encode(manager, crops.values(number, mirrored));
        return () -> kept;
    }

    private float @Nullable [] mask(FaceCrop face, TrainingFrame frame) {
        return face.in(frame)
                .map(region -> region.inLatent(codec.factor()).mask())
                .orElse(null);
    }

    private TrainingCrops middle(RgbImage image) {
        return TrainingCrops.middle(image, side());
    }

    private PictureSizes sizes(RgbImage image, TrainingFrame frame) {
        return new PictureSizes(image.height(), image.width(), frame.top(), frame.left(), side(), side());
    }

    private int side() {
        return settings.resolution();
    }
}
