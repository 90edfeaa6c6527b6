package dev.likeness.diffusion.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The brackets of a prompt that belong together. A backslash escapes the next character. As in the grammar of
 * stable-diffusion-webui, brackets that overlap or lack a partner are text, and so are all open ones around them.
 */
final class PromptBrackets {

    private static final int NONE = -1;

    private final String prompt;
    private final int[] partners;

    PromptBrackets(String prompt) {
        this.prompt = prompt;
        partners = new int[prompt.length()];
        Arrays.fill(partners, NONE);
        Deque<Integer> open = new ArrayDeque<>();
        for (int at = 0; at < prompt.length(); at++) {
            char c = prompt.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(' || c == '[') {
                open.push(at);
            } else if (c == ')' || c == ']') {
                close(open, at);
            }
        }
    }

    private void close(Deque<Integer> open, int at) {
        char opening = prompt.charAt(at) == ')' ? '(' : '[';
        if (!open.isEmpty() && prompt.charAt(open.peek()) == opening) {
            int from = open.pop();
            partners[from] = at;
            partners[at] = from;
        } else {
            open.clear();
        }
    }

    /** Whether the character is an opening bracket that is closed. */
    boolean opens(int at) {
        return partners[at] > at;
    }

    /** The position of the bracket that closes an opening one. */
    int end(int at) {
        return partners[at];
    }

    /** The position after the character or after the brackets that start there, with everything in them. */
    int after(int at) {
        if (opens(at)) {
            return partners[at] + 1;
        }
        return prompt.charAt(at) == '\\' ? at + 2 : at + 1;
    }

    /** The positions of unescaped characters outside all brackets in a part of the prompt. */
    List<Integer> outside(int from, int to, String characters) {
        List<Integer> found = new ArrayList<>();
        for (int at = from; at < to; at = after(at)) {
            if (!opens(at) && characters.indexOf(prompt.charAt(at)) >= 0) {
                found.add(at);
            }
        }
        return found;
    }
}
