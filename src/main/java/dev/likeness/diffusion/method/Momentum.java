package dev.likeness.diffusion.method;

/**
 * The new rows are (1 - gamma) v_star + gamma v_train.
 *
 * @param gamma 0 to 1
 * @param mode {@code anchor} or {@code ema}
 * @param anchor the word whose rows v_star is, cyclically; of a new word that was learned with momentum, its v_star
 */
public record Momentum(double gamma, String mode, String anchor) {}
