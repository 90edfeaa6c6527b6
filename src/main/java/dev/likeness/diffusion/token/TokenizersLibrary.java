package dev.likeness.diffusion.token;

/** Hugging Face's tokenizers library, as DJL brings it. */
final class TokenizersLibrary {

    private TokenizersLibrary() {}

    /**
     * Has the library taken from the jar, which holds the build for the CPU: on a machine with a GPU, DJL would download
     * another one. To be called before the library is used.
     */
    static void useBundled() {
        if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
    }
}
