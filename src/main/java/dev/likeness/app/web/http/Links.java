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

    /** @param path one of {@link Paths} */
    public static URI to(String path, UUID id) {
        return root().path(path).buildAndExpand(id).toUri();
    }

    public static URI artifact(UUID id) {
        return signed(Paths.ARTIFACT.replace("{id}", id.toString()));
    }

    public static URI image(UUID id) {
        return signed(Paths.IMAGE.replace("{id}", id.toString()));
    }

    /**
     * A picture of a subject or of a job, or an image of a class set.
     *
     * @param path one of {@link Paths} with an id and a position
     * @param id of the subject, the job or the class set
     * @param position from 0
     */
    public static URI picture(String path, UUID id, int position) {
        return signed(path.replace("{id}", id.toString()).replace("{position}", Integer.toString(position)));
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
