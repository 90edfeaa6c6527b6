package dev.likeness.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * What a browser may do with a kept report: what its own page says, which knows its scripts, and less. Pages that former
 * versions wrote have other scripts, so it is read from each.
 */
public final class ReportPolicy {

    /** A page says it before anything that a user has written. */
    private static final int HEAD = 1024;

    private static final Pattern POLICY =
            Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");

    /** What only a header can say: in a page of its own, without an origin to act for. */
    private static final String OF_SERVED = "frame-ancestors 'none'; sandbox allow-scripts";

    private static final String NOTHING = "default-src 'none'";

    private ReportPolicy() {}

    /** The Content-Security-Policy to serve a page with; one that does not say any may do nothing. */
    public static String of(Path page) {
        try (InputStream in = Files.newInputStream(page)) {
            Matcher policy = POLICY.matcher(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8));
            return (policy.find() ? HtmlUtils.htmlUnescape(policy.group(1)) : NOTHING) + "; " + OF_SERVED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
