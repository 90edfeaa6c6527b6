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
 * Links that whoever has them may follow for a while without a key, as browsers do with images. A link names when it ends
 * and the key that signed it; the signature is an HMAC-SHA256 of its path and its end. Ends are on a grid, so that the same
 * link is given out for a while and can be cached.
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
     * Adds a signature to a link; nothing where nobody has to show a key.
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

    /** Makes a new key to sign with. Links that there are already hold as long as they say. */
    public void rotate() {
        keys.rotate();
    }

    /** @throws InvalidLinkException if the request's link is none of ours, or its time is over */
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
            throw new InvalidLinkException("The link is not one that was given out; ask for the job again.");
        }
        if (!clock.instant().isBefore(Instant.ofEpochSecond(expires))) {
            throw new InvalidLinkException("The link's time is over; ask for the job again, whose links are new.");
        }
    }

    /** What was added to a link is not signed, so nothing may be. */
    private static boolean isWhole(MultiValueMap<String, String> query) {
        return query.keySet().equals(PARAMETERS) && query.values().stream().allMatch(it -> it.size() == 1);
    }

    /** Whether it follows what may be such a link. */
    static boolean isSigned(HttpServletRequest request) {
        return query(request).containsKey(SIGNATURE);
    }

    /** Of the URL alone: asking for parameters reads forms, and nobody has shown who they are. */
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
