package dev.likeness.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The scripts of reports, inlined into each report, and the policy that permits a browser to run only these scripts.
 *
 * @param library Chart.js
 * @param charts the script that renders the charts
 */
public record PageScripts(String style, String library, String charts) {

    private static final String FOLDER = "dev/likeness/app/report/";
    private static final String LIBRARY = "classpath:META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";

    /** The address of the source for a browser's tools. It is removed, because a report must load nothing. */
    private static final String SOURCE_MAP = "(?m)^//# sourceMappingURL=.*$";

    static PageScripts read() {
        try {
            Resource[] library = new PathMatchingResourcePatternResolver().getResources(LIBRARY);
            if (library.length != 1) {
                throw new IllegalStateException("%d libraries at %s".formatted(library.length, LIBRARY));
            }
            return new PageScripts(
                    text(new ClassPathResource(FOLDER + "report.css")),
                    text(library[0]).replaceAll(SOURCE_MAP, "").strip(),
                    text(new ClassPathResource(FOLDER + "report.js")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parser converts a carriage return with a line feed to one character, which would change the hash. */
    private static String text(Resource resource) throws IOException {
        return resource.getContentAsString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** A Content-Security-Policy. Data blocks are not scripts and need no permission. */
    public String policy() {
        return "default-src 'none'; img-src data:; style-src %s; script-src %s %s; base-uri 'none'; form-action 'none'"
                .formatted(hash(style), hash(library), hash(charts));
    }

    private static String hash(String inlined) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(inlined.getBytes(StandardCharsets.UTF_8));
            return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
