package dev.likeness.app.web;

import java.net.URI;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Absolute URLs, as seen by whoever sent the present request, or below a base. */
final class Links {

    private static final ThreadLocal<@Nullable URI> BASE = new ThreadLocal<>();

    private Links() {}

    /** Makes something with links below a base, where there is no request that they could follow. */
    static <T> T below(URI base, Supplier<T> views) {
        BASE.set(base);
        try {
            return views.get();
        } finally {
            BASE.remove();
        }
    }

    static URI job(UUID id) {
        return path("/v1/jobs/{id}", id);
    }

    static URI cancel(UUID id) {
        return path("/v1/jobs/{id}/cancel", id);
    }

    static URI events(UUID id) {
        return path("/v1/jobs/{id}/events", id);
    }

    static URI images(UUID id) {
        return path("/v1/jobs/{id}/images", id);
    }

    static URI checkpoints(UUID id) {
        return path("/v1/jobs/{id}/checkpoints", id);
    }

    static URI scores(UUID id) {
        return path("/v1/jobs/{id}/scores", id);
    }

    static URI artifacts(UUID id) {
        return path("/v1/jobs/{id}/artifacts", id);
    }

    static URI report(UUID id) {
        return path("/v1/jobs/{id}/report", id);
    }

    static URI artifact(UUID id) {
        return path("/v1/artifacts/{id}", id);
    }

    static URI image(UUID id) {
        return path("/v1/images/{id}", id);
    }

    static URI generation(UUID id) {
        return path("/v1/generations/{id}", id);
    }

    static URI cancelGeneration(UUID id) {
        return path("/v1/generations/{id}/cancel", id);
    }

    static URI subject(UUID id) {
        return path("/v1/subjects/{id}", id);
    }

    static URI captionsOfSubject(UUID id) {
        return path("/v1/subjects/{id}/captions", id);
    }

    static URI captions(UUID id) {
        return path("/v1/captions/{id}", id);
    }

    static URI cancelCaptions(UUID id) {
        return path("/v1/captions/{id}/cancel", id);
    }

    static URI evaluation(UUID id) {
        return path("/v1/evaluations/{id}", id);
    }

    static URI evaluationTable(UUID id) {
        return path("/v1/evaluations/{id}/table", id);
    }

    static URI cancelEvaluation(UUID id) {
        return path("/v1/evaluations/{id}/cancel", id);
    }

    static URI adapter(UUID id) {
        return path("/v1/adapters/{id}", id);
    }

    static URI adapterFile(UUID id) {
        return path("/v1/adapters/{id}/file", id);
    }

    private static URI path(String path, UUID id) {
        URI base = BASE.get();
        UriComponentsBuilder builder = base == null
                ? ServletUriComponentsBuilder.fromCurrentContextPath()
                : UriComponentsBuilder.fromUri(base);
        return builder.path(path).buildAndExpand(id).toUri();
    }
}
