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
 * The policy for a stored report: the policy in its page, which lists its scripts, with more restrictions. Pages of
 * earlier versions have other scripts, so the policy is read from each page.
 */
public final class ReportPolicy {

    /** The policy is in the page before any text of users. */
    private static final int HEAD = 1024;

    private static final Pattern POLICY =
            Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");

    /** Restrictions that only a header can set: no framing, and no origin. */
    private static final String OF_SERVED = "frame-ancestors 'none'; sandbox allow-scripts";

    private static final String NOTHING = "default-src 'none'";

    private ReportPolicy() {}

    /** The Content-Security-Policy for a page. A page without a policy of its own is permitted nothing. */
    public static String of(Path page) {
        try (InputStream in = Files.newInputStream(page)) {
            Matcher policy = POLICY.matcher(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8));
            return (policy.find() ? HtmlUtils.htmlUnescape(policy.group(1)) : NOTHING) + "; " + OF_SERVED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
