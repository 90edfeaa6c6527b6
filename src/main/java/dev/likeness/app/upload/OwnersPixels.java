package dev.likeness.app.upload;

import dev.likeness.app.security.RateLimits;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The current owner's budget of pixels, over all API processes. Processes without HTTP have no such bean. */
@Component
class OwnersPixels implements PixelBudget {

    private final ObjectProvider<RateLimits> limits;

    OwnersPixels(ObjectProvider<RateLimits> limits) {
        this.limits = limits;
    }

    @Override
    public void take(long pixels) {
        limits.ifAvailable(it -> it.takePixels(pixels).ifPresent(pause -> {
            throw new TooManyPixelsException(pause);
        }));
    }
}
