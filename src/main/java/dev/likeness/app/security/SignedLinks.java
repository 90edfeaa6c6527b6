package dev.likeness.app.security;

import dev.likeness.app.security.LinkKeys.LinkKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Links that work for a limited time without a key, for example for images in browsers. A link names its expiry time
 * and the key that signed it. The signature is an HMAC-SHA256 of the path and the expiry time. Expiry times are on a
 * grid, so that a link stays the same for some time and can be cached.
 */
@Component
public class SignedLinks {

    private static final String SIGNATURE = "signature";

    private static final String KEY = "key";
    private static final String EXPIRES = "expires";
    private static final Set<String> PARAMETERS = Set.of(EXPIRES, KEY, SIGNATURE);
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final LinkKeys keys;
    private final SecuritySettings settings;
    private final Clock clock;

    SignedLinks(LinkKeys keys, SecuritySettings settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Adds a signature to a link. Without authentication it adds nothing.
     *
     * @param path of the link below the service's root
     */
    public void sign(UriComponentsBuilder link, String path) {
        if (!settings.isRequired()) {
            return;
        }
        long grid = settings.links().validity().toSeconds();
        long expires = (clock.instant().getEpochSecond() / grid + 2) * grid;
        LinkKey key = keys.present();
        link.queryParam(EXPIRES, expires)
                .queryParam(KEY, key.id())
                .queryParam(
                        SIGNATURE, Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, path, expires)));
    }

    /** Creates a new signing key. Existing links stay valid until they expire. */
    public void rotate() {
        keys.rotate();
    }

    /** @throws InvalidLinkException if the request's link is invalid or has expired */
    void verify(HttpServletRequest request) {
        MultiValueMap<String, String> query = query(request);
        long expires = seconds(query.getFirst(EXPIRES));
        String id = query.getFirst(KEY);
        byte[] signature = bytes(query.getFirst(SIGNATURE));
        String path = request.getRequestURI().substring(request.getContextPath().length());
        boolean ours = isWhole(query)
                && id != null
                && keys.find(id)
                        .filter(it -> MessageDigest.isEqual(hmac(it, path, expires), signature))
                        .isPresent();
        if (!ours) {
            throw new InvalidLinkException("The link is invalid. Request the job again for new links.");
        }
        if (!clock.instant().isBefore(Instant.ofEpochSecond(expires))) {
            throw new InvalidLinkException("The link has expired. Request the job again for new links.");
        }
    }

    /** Additions to a link are not signed, so they are refused. */
    private static boolean isWhole(MultiValueMap<String, String> query) {
        return query.keySet().equals(PARAMETERS) && query.values().stream().allMatch(it -> it.size() == 1);
    }

    /** Whether the request may use a signed link. */
    static boolean isSigned(HttpServletRequest request) {
        return query(request).containsKey(SIGNATURE);
    }

    /** Only parameters of the URL: reading request parameters would read forms before authentication. */
    private static MultiValueMap<String, String> query(HttpServletRequest request) {
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
    }

    private static long seconds(@Nullable String text) {
        return text != null && SECONDS.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    private static byte[] bytes(@Nullable String base64) {
        try {
            return base64 == null ? new byte[0] : Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(LinkKey key, String path, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.secret(), ALGORITHM));
            return mac.doFinal((path + "\n" + expires).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
