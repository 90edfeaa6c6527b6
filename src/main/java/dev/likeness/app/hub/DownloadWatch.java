package dev.likeness.app.hub;

/** Follows a download, which may take an hour. */
public interface DownloadWatch {

    /** Nobody follows it. */
    DownloadWatch NONE = new DownloadWatch() {};

    /** Asked many times a second, and twice while nothing happens. Throws to stop; what is there stays. */
    default void check() {}

    /** Another thread or process downloads from the same repository; this one waits for it. */
    default void waiting(String repository) {}

    /** How far the files of a repository are, many times a second. */
    default void progress(String repository, long bytes, long total) {}

    /** A repository is whole now. */
    default void complete(String repository, String commit) {}
}
