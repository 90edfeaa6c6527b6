package dev.likeness.app.worker.caption;

import dev.likeness.app.caption.CaptionSpec;
import dev.likeness.app.model.Captioners;
import dev.likeness.app.model.ModelCaptioner;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DownloadReport;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.caption.CaptionLists;
import dev.likeness.diffusion.caption.Captioner.Options;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.ComposedCaptions;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import dev.likeness.diffusion.pipeline.PictureCaptioner;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Captions pictures with the captioner of a base model. It closes the captioner afterwards. */
@InWorker
@Component
public class Captioning {

    private final DiffusionEngine engine;
    private final Captioners captioners;

    Captioning(DiffusionEngine engine, Captioners captioners) {
        this.engine = engine;
        this.captioners = captioners;
    }

    /**
     * A subject's pictures, and how to describe them.
     *
     * @param pipeline opens the base model, if needed
     */
    public record Request(CaptionSpec spec, String classWord, List<RgbImage> pictures, Supplier<Pipeline> pipeline) {}

    /**
     * Proposes one caption per picture.
     *
     * @param described receives the number of captions so far
     * @throws dev.likeness.diffusion.tensor.StoppedException if the control requests it
     * @throws CaptionerException if the captioner cannot be used
     */
    public List<Caption> describe(Request request, TaskControl control, IntConsumer described) {
        ModelCaptioner captioner = captioners.ready(request.spec().model(), new DownloadReport(control));
        control.check();
        if (captioner instanceof ModelCaptioner.OwnClip own) {
            return compose(request, own.lists());
        }
        try (PictureCaptioner blip = open(((ModelCaptioner.Blip) captioner).folder())) {
            return describe(request, blip, control, described);
        }
    }

    private static List<Caption> compose(Request request, CaptionLists lists) {
        return ComposedCaptions.of(request.pipeline().get(), lists, request.classWord(), request.pictures()).stream()
                .map(text -> new Caption(text, CaptionOrigin.CLIP))
                .toList();
    }

    private PictureCaptioner open(Path folder) {
        try {
            return engine.openCaptioner(folder);
        } catch (InvalidModelException e) {
            throw new CaptionerException(e);
        }
    }

    private static List<Caption> describe(
            Request request, PictureCaptioner blip, TaskControl control, IntConsumer described) {
        CaptionSpec spec = request.spec();
        Options options = new Options(spec.prompt(), spec.searchWidth(), Math.min(spec.maxLength(), blip.maxLength()));
        List<Caption> captions = new ArrayList<>();
        for (RgbImage picture : request.pictures()) {
            control.check();
            captions.add(new Caption(caption(blip, picture, options, request.classWord()), CaptionOrigin.BLIP));
            described.accept(captions.size());
        }
        return captions;
    }

    /** Removes braces, which would be interpreted as placeholders. */
    private static String caption(PictureCaptioner blip, RgbImage picture, Options options, String classWord) {
        String words = blip.caption(picture, options).replaceAll("[{}]", "").strip();
        return words.isEmpty() ? classWord : words;
    }
}
