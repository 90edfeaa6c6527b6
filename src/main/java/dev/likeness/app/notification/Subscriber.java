package dev.likeness.app.notification;

/** Receives notifications. All calls come from one thread, and must return soon. */
public interface Subscriber {

    /** @param payload that the notification carries */
    void notified(String payload);

    /**
     * Whether notifications arrive from now on. Earlier ones may be lost in either case, so the subscriber must look at
     * the tables themselves once, and at short intervals as long as notifications do not arrive.
     */
    void arriving(boolean arriving);
}
