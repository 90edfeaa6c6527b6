package dev.likeness.app.worker.job;

import dev.likeness.app.classimage.ClassImage;
import dev.likeness.app.classimage.ClassSets;
import dev.likeness.app.picture.StoredPictures;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import dev.likeness.diffusion.training.Prompts;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The images of a job's class set, in front of the generated prior images. Images of a set can be large and many, so
 * each is read when it is encoded.
 */
@InWorker
@Component
class OwnClassImages {

    private final ClassSets sets;
    private final StoredPictures pictures;
    private final DurableWriter durable;

    OwnClassImages(ClassSets sets, StoredPictures pictures, DurableWriter durable) {
        this.sets = sets;
        this.pictures = pictures;
        this.durable = durable;
    }

    /**
     * The images for prior preservation: those of the set, with their captions, and the generated ones.
     *
     * @return null if there are none
     */
    TrainingRequest.@Nullable Prior with(JobRun run, List<RgbImage> generated) {
        PriorSpec prior = run.job().spec().prior();
        UUID set = prior.classSetId();
        List<ClassImage> own =
                set == null || prior.own() == 0 ? List.of() : durable.read(() -> sets.first(set, prior.own()));
        if (own.isEmpty() && generated.isEmpty()) {
            return null;
        }
        return new TrainingRequest.Prior(images(own, generated), prompts(run, own, generated.size()), prior.weight());
    }

    private static Prompts prompts(JobRun run, List<ClassImage> own, int generated) {
        String prompt = run.job().expand(run.job().spec().prior().prompt());
        if (own.stream().map(ClassImage::caption).allMatch(Objects::isNull)) {
            return Prompts.fixed(prompt);
        }
        List<String> captions = Stream.concat(
                        own.stream()
                                .map(it -> it.caption() == null
                                        ? prompt
                                        : run.job().expand(it.caption())),
                        Stream.generate(() -> prompt).limit(generated))
                .toList();
        return new Prompts(List.of(prompt), captions, List.of(), 0);
    }

    private List<RgbImage> images(List<ClassImage> own, List<RgbImage> generated) {
        return new AbstractList<>() {
            @Override
            public RgbImage get(int number) {
                return number < own.size()
                        ? durable.read(
                                () -> pictures.read(own.get(number).files().image()))
                        : generated.get(number - own.size());
            }

            @Override
            public int size() {
                return own.size() + generated.size();
            }
        };
    }
}
