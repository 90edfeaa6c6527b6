package dev.likeness.app.web.http;

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
 * Absolute URLs, relative to the current request's URL or to a base. Those of images and files are signed, so that they
 * work without a key.
 */
public final class Links {

    /** Request attribute with the signer of links. */
    static final String SIGNER = Links.class.getName() + ".SIGNER";

    private static final ThreadLocal<@Nullable Base> BASE = new ThreadLocal<>();

    private Links() {}

    /** Creates views with links below a base, if there is no current request. */
    public static <T> T below(URI base, SignedLinks signer, Supplier<T> views) {
        BASE.set(new Base(base, signer));
        try {
            return views.get();
        } finally {
            BASE.remove();
        }
    }

    public static URI job(UUID id) {
        return path("/v1/jobs/{id}", id);
    }

    public static URI cancel(UUID id) {
        return path("/v1/jobs/{id}/cancel", id);
    }

    public static URI events(UUID id) {
        return path("/v1/jobs/{id}/events", id);
    }

    public static URI images(UUID id) {
        return path("/v1/jobs/{id}/images", id);
    }

    public static URI checkpoints(UUID id) {
        return path("/v1/jobs/{id}/checkpoints", id);
    }

    public static URI scores(UUID id) {
        return path("/v1/jobs/{id}/scores", id);
    }

    public static URI artifacts(UUID id) {
        return path("/v1/jobs/{id}/artifacts", id);
    }

    public static URI report(UUID id) {
        return path("/v1/jobs/{id}/report", id);
    }

    public static URI artifact(UUID id) {
        return signed("/v1/artifacts/" + id);
    }

    public static URI image(UUID id) {
        return signed("/v1/images/" + id);
    }

    public static URI generation(UUID id) {
        return path("/v1/generations/{id}", id);
    }

    public static URI cancelGeneration(UUID id) {
        return path("/v1/generations/{id}/cancel", id);
    }

    public static URI subject(UUID id) {
        return path("/v1/subjects/{id}", id);
    }

    public static URI captionsOfSubject(UUID id) {
        return path("/v1/subjects/{id}/captions", id);
    }

    public static URI captions(UUID id) {
        return path("/v1/captions/{id}", id);
    }

    public static URI cancelCaptions(UUID id) {
        return path("/v1/captions/{id}/cancel", id);
    }

    public static URI evaluation(UUID id) {
        return path("/v1/evaluations/{id}", id);
    }

    public static URI evaluationTable(UUID id) {
        return path("/v1/evaluations/{id}/table", id);
    }

    public static URI cancelEvaluation(UUID id) {
        return path("/v1/evaluations/{id}/cancel", id);
    }

    public static URI adapter(UUID id) {
        return path("/v1/adapters/{id}", id);
    }

    public static URI adapterFile(UUID id) {
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
        // Read from the attributes themselves, because long polling answers outside of the request's handling.
        ServletRequestAttributes attributes =
                (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        Object signer = attributes.getRequest().getAttribute(SIGNER);
        return (SignedLinks) Objects.requireNonNull(signer, "nothing signs links of this request");
    }

    private record Base(URI uri, SignedLinks signer) {}
}
