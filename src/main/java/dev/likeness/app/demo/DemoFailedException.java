package dev.likeness.app.demo;

/** The demo failed. The message is for the user that started it. */
class DemoFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailedException(String message) {
        super(message);
    }
}
