package dev.likeness.diffusion.pipeline;

import ai.djl.ndarray.NDManager;
import dev.likeness.diffusion.caption.Captioner;
import dev.likeness.diffusion.caption.Captioner.Options;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.tensor.EngineThreads;
import java.nio.file.Path;

/** BLIP on libtorch. */
final class BlipCaptioner implements PictureCaptioner {

    private final NDManager manager;
    private final Captioner captioner;

    private BlipCaptioner(NDManager manager, Captioner captioner) {
        this.manager = manager;
        this.captioner = captioner;
    }

    static BlipCaptioner load(NDManager parent, Path folder) {
        NDManager manager = parent.newSubManager();
        try {
            return new BlipCaptioner(manager, Captioner.load(manager, folder));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    @Override
    public int maxLength() {
        return captioner.maxLength();
    }

    @Override
    public String caption(RgbImage picture, Options options) {
        EngineThreads.requireCurrent();
        return captioner.caption(picture, options);
    }

    @Override
    public void close() {
        captioner.close();
        manager.close();
    }
}
