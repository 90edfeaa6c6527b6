package dev.likeness.app.web;

import dev.likeness.app.security.SignedLinks;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Absolute URLs, as seen by whoever sent the present request, or below a base. Those of images and files are signed, so
 * that they can be followed without a key.
 */
final class Links {

    /** Attribute of requests: what signs links in their answers. */
    static final String SIGNER = Links.class.getName() + ".SIGNER";

    private static final ThreadLocal<@Nullable Base> BASE = new ThreadLocal<>();

    private Links() {}

    /** Makes something with links below a base, where there is no request that they could follow. */
    static <T> T below(URI base, SignedLinks signer, Supplier<T> views) {
        BASE.set(new Base(base, signer));
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
        return signed("/v1/artifacts/" + id);
    }

    static URI image(UUID id) {
        return signed("/v1/images/" + id);
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
        return root().path(path).buildAndExpand(id).toUri();
    }

    private static URI signed(String path) {
        UriComponentsBuilder link = root().path(path);
        signer().sign(link, path);
        return link.build().toUri();
    }

    private static UriComponentsBuilder root() {
        Base base = BASE.get();
        return base == null
                ? ServletUriComponentsBuilder.fromCurrentContextPath()
                : UriComponentsBuilder.fromUri(base.uri());
    }

    private static SignedLinks signer() {
        Base base = BASE.get();
        if (base != null) {
            return base.signer();
        }
        // Asked itself: a client that waits is answered when its request has been handled otherwise.
        ServletRequestAttributes attributes =
                (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        Object signer = attributes.getRequest().getAttribute(SIGNER);
        return (SignedLinks) Objects.requireNonNull(signer, "nothing signs links of this request");
    }

    private record Base(URI uri, SignedLinks signer) {}
}
