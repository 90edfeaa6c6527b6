package dev.likeness.app.hub;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the hub, with the requested revision and variant.
 *
 * @param id owner and name
 * @param revision branch, tag or commit
 * @param variant of its weights, for instance {@code fp16}; null for the default ones
 * @param layout of its files
 */
public record Repository(
        String id, String revision, @Nullable String variant, Layout layout) {

    private static final String MAIN = "main";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_][\\w.-]*/[A-Za-z0-9_][\\w.-]*");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][\\w./-]*");
    private static final Pattern REFERENCE = Pattern.compile("(" + ID + ")(?:@(" + REVISION + "))?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws IllegalArgumentException if the id or the revision is malformed */
    public Repository {
        if (!ID.matcher(id).matches() || id.contains("..")) {
            throw new IllegalArgumentException(id + " is not the id of a repository, which is OWNER/NAME");
        }
        if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
            throw new IllegalArgumentException(revision + " is not a branch, tag or commit");
        }
    }

    /** A base model in the diffusers layout. */
    public static Repository model(String id, @Nullable String revision, @Nullable String variant) {
        return new Repository(id, revision == null ? MAIN : revision, variant, Layout.PIPELINE);
    }

    /** Whether a text names a repository: {@code OWNER/NAME} or {@code OWNER/NAME@REVISION}. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches() && !text.contains("..");
    }

    /**
     * A single network, in the layout of transformers.
     *
     * @param reference see {@link #isReference}
     */
    public static Repository network(String reference) {
        int at = reference.indexOf('@');
        return at < 0
                ? new Repository(reference, MAIN, null, Layout.NETWORK)
                : new Repository(reference.substring(0, at), reference.substring(at + 1), null, Layout.NETWORK);
    }

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    @Override
    public String toString() {
        return revision.equals(MAIN) ? id : id + "@" + revision;
    }
}
