package dev.likeness.app.web.studio;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Serves the studio at the root: its page, the files of the page, and what the page has to know first. */
@Hidden
@RestController
class StudioController {

    private static final Pattern GZIP =
            Pattern.compile("(^|.*[,\\s])gzip\\s*(,.*|;\\s*q=(?!0(\\.0*)?\\s*(,|$)).*)?$", Pattern.CASE_INSENSITIVE);

    private final StudioFiles files;
    private final StudioSignIn signIn;

    StudioController(StudioFiles files, StudioSignIn signIn) {
        this.files = files;
        this.signIn = signIn;
    }

    /** The page. Browsers ask each time whether it is still the same. */
    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page(
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings)
            throws IOException, NoResourceFoundException {
        return answer("index.html", encodings, CacheControl.noCache());
    }

    /** A file whose name contains the hash of its content. */
    @GetMapping("/assets/{name}")
    ResponseEntity<byte[]> asset(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings)
            throws IOException, NoResourceFoundException {
        return answer(
                "assets/" + name,
                encodings,
                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    @GetMapping("/studio/settings.json")
    StudioSettingsView settings() {
        return signIn.view();
    }

    /** What the caller may do, so that the page offers nothing else. */
    @GetMapping("/studio/caller.json")
    StudioCallerView caller(@Nullable Authentication caller) {
        return signIn.caller(caller);
    }

    /** @throws NoResourceFoundException if there is no such file */
    private ResponseEntity<byte[]> answer(String name, @Nullable String encodings, CacheControl caching)
            throws IOException, NoResourceFoundException {
        Optional<StudioFile> found = files.find(name);
        if (found.isEmpty()) {
            throw new NoResourceFoundException(HttpMethod.GET, "/" + name, name);
        }
        StudioFile file = found.get();
        boolean gzip = encodings != null && GZIP.matcher(encodings).matches();
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(file.type())
                .cacheControl(caching)
                .eTag("\"%s%s\"".formatted(file.hash(), gzip ? "-gzip" : ""))
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .header("Content-Security-Policy", signIn.policy());
        if (gzip) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(gzip ? file.gzipped() : file.content());
    }
}
