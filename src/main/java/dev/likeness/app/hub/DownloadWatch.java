package dev.likeness.app.hub;

/** Follows a download, which may take an hour. */
public interface DownloadWatch {

    /** Ignores all events. */
    DownloadWatch NONE = new DownloadWatch() {};

    /**
     * Called many times per second, and twice per second without progress. An exception stops the download; downloaded
     * data stays.
     */
    default void check() {}

    /** This thread waits for another thread or process that downloads from the same repository. */
    default void waiting(String repository) {}

    /** Reports the progress of a repository's files, many times per second. */
    default void progress(String repository, long bytes, long total) {}

    /** A repository is complete. */
    default void complete(String repository, String commit) {}
}
