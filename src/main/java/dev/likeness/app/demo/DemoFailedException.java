package dev.likeness.app.demo;

/** The demo cannot go on; the message is for the person who started it. */
class DemoFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
