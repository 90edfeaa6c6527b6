package dev.likeness.diffusion.token;

/**
 * A mistake in a prompt's syntax.
 *
 * @param position of the character, from 0
 * @param reason what is wrong and what to do, as the rest of a sentence that starts with the position
 */
public record PromptFault(int position, String reason) {

    /** The same in a text that starts some characters earlier. */
    PromptFault after(int characters) {
        return new PromptFault(position + characters, reason);
    }
}
