package dev.likeness.diffusion.token;

/** Hugging Face's tokenizers library, as packaged by DJL. */
final class TokenizersLibrary {

    private TokenizersLibrary() {}

    /**
     * Selects the CPU build in the jar. Otherwise, DJL would download another one on a machine with a GPU. Must be
     * called before the first use of the library.
     */
    static void useBundled() {
        if (System.getenv("RUST_FLAVOR") == null && System.getProperty("RUST_FLAVOR") == null) {
            System.setProperty("RUST_FLAVOR", "cpu");
        }
    }
}
