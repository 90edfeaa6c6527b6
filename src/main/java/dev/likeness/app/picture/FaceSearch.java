package dev.likeness.app.picture;

import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.face.FaceBox;
import dev.likeness.diffusion.face.FaceDetector;
import dev.likeness.diffusion.face.FaceDetectorException;
import jakarta.annotation.PreDestroy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds faces in pictures, if the platform supports the detector. The first picture loads the detector. */
@Component
public class FaceSearch {

    private static final Logger log = LoggerFactory.getLogger(FaceSearch.class);

    private @Nullable FaceDetector detector;
    private boolean unavailable;

    /** The faces, the largest first; null on a platform without the detector. */
    public synchronized @Nullable List<FaceBox> in(RgbImage image) {
        if (detector == null && !unavailable) {
            try {
                detector = FaceDetector.load();
            } catch (FaceDetectorException e) {
                log.warn("faces are not detected: the detector cannot be loaded", e);
                unavailable = true;
            }
        }
        return detector == null ? null : detector.detect(image);
    }

    @PreDestroy
    public synchronized void close() {
        if (detector != null) {
            detector.close();
            detector = null;
            unavailable = true;
        }
    }
}
