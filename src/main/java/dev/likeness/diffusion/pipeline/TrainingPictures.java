package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.data.Framing;
import dev.likeness.diffusion.data.LossMask;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.data.TrainingCrops;
import dev.likeness.diffusion.data.TrainingFrame;
import dev.likeness.diffusion.face.FaceCrop;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.family.LatentCodec;
import dev.likeness.diffusion.family.LatentMoments;
import dev.likeness.diffusion.family.PictureSizes;
import dev.likeness.diffusion.training.PictureExamples.Face;
import dev.likeness.diffusion.training.PictureExamples.Picture;
import dev.likeness.diffusion.training.PictureExamples.View;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Crops pictures, marks their faces and what their masks leave out, and encodes them. */
final class TrainingPictures {

    private final NDManager manager;
    private final LatentCodec codec;
    private final Framing framing;
    private final boolean flips;

    /**
     * @param manager of the whole run, because crops are encoded during it
     * @param flips whether pictures of the subject are mirrored at random
     */
    TrainingPictures(NDManager manager, LatentCodec codec, Framing framing, boolean flips) {
        this.manager = manager;
        this.codec = codec;
        this.framing = framing;
        this.flips = flips;
    }

    /** Pictures of the subject. */
    List<Picture> instance(TrainingRequest.Subject subject) {
        TrainingRequest.Faces faces = subject.faces();
        TrainingRequest.Masks masks = subject.masks();
        List<Picture> pictures = new ArrayList<>();
        for (RgbImage image : subject.images()) {
            int i = pictures.size();
            FaceCrop face = faces == null ? null : faces.crops().get(i).orElse(null);
            LossMask mask = masks == null
                    ? null
                    : masks.masks()
                            .get(i)
                            .map(it -> new LossMask(it, masks.outside()))
                            .orElse(null);
            TrainingCrops crops = new TrainingCrops(
                    image,
                    framing.frames(
                            image.width(), image.height(), subject.focuses().get(i)));
            boolean marked = faces != null && faces.region() == FacialLoss.MASK;
            pictures.add(new Picture(
                    views(crops, marked ? face : null, mask), face == null || marked ? null : face(image, face, mask)));
        }
        return pictures;
    }

    /** The only view is encoded now. Of many views, training uses few, so each is made when it is used. */
    private List<View> views(TrainingCrops crops, @Nullable FaceCrop face, @Nullable LossMask mask) {
        IntFunction<View> views = number -> {
            TrainingFrame frame = crops.frame(number);
            return new View(
                    latents(crops, number, false),
                    flips ? latents(crops, number, true) : null,
                    sizes(frame),
                    face == null ? null : region(face, frame),
                    mask == null ? null : mask.weights(frame, codec.factor()));
        };
        if (crops.count() == 1) {
            return List.of(views.apply(0));
        }
        return new AbstractList<>() {
            @Override
            public View get(int number) {
                return views.apply(number);
            }

            @Override
            public int size() {
                return crops.count();
            }
        };
    }

    private Face face(RgbImage image, FaceCrop face, @Nullable LossMask mask) {
        int side = framing.resolution();
        TrainingCrops square = TrainingCrops.middle(face.of(image), side);
        return new Face(
                latents(square, 0, false),
                side,
                mask == null
                        ? null
                        : mask.part(face.x(), face.y(), face.side(), face.side())
                                .weights(square.frame(0), codec.factor()));
    }

    /** Class images, of which the middle trains. */
    List<Picture> prior(List<RgbImage> images) {
        return images.stream().map(this::prior).toList();
    }

    private Picture prior(RgbImage image) {
        TrainingCrops middle = TrainingCrops.middle(image, framing.resolution());
        return new Picture(
                List.of(new View(latents(middle, 0, false), null, sizes(middle.frame(0)), null, null)), null);
    }

    /**
     * A picture with one crop is encoded once, and its moments are kept. A picture with random crops can have hundreds, and
     * training uses few of them twice, so each is encoded when it is used.
     */
    private Supplier<LatentMoments> latents(TrainingCrops crops, int number, boolean mirrored) {
        if (crops.count() > 1) {
            return () -> encoded(crops, number, mirrored);
        }
        LatentMoments kept = encoded(crops, number, mirrored);
        return () -> kept;
    }

    private LatentMoments encoded(TrainingCrops crops, int number, boolean mirrored) {
        TrainingFrame frame = crops.frame(number);
        return codec.encode(
                manager,
                crops.values(number, mirrored),
                frame.size().height(),
                frame.size().width());
    }

    private float @Nullable [] region(FaceCrop face, TrainingFrame frame) {
        return face.in(frame)
                .map(region -> region.inLatent(codec.factor()).mask())
                .orElse(null);
    }

    private static PictureSizes sizes(TrainingFrame frame) {
        return new PictureSizes(
                frame.height(),
                frame.width(),
                frame.top(),
                frame.left(),
                frame.size().height(),
                frame.size().width());
    }
}
