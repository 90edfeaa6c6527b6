package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.likeness.diffusion.token.PromptSyntax.Fragment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected weights are products calculated by hand. */
class PromptSyntaxTests {

    private static final double UP = 1.1;
    private static final double DOWN = 1 / 1.1;

    @Nested
    class Emphasis {

        @Test
        void leavesPlainTextAsItIs() {
            assertFragments("a photo, of: a bird!", text("a photo, of: a bird!", 1));
        }

        @Test
        void weighsRoundBracketsUp() {
            assertFragments("an (important) word", text("an ", 1), text("important", UP), text(" word", 1));
        }

        @Test
        void weighsSquareBracketsDown() {
            assertFragments("a [faint] word", text("a ", 1), text("faint", DOWN), text(" word", 1));
        }

        @Test
        void multipliesNestedBrackets() {
            assertFragments(
                    "a (b (c:1.5) [d])",
                    text("a ", 1),
                    text("b ", UP),
                    text("c", 1.5 * UP),
                    text(" ", UP),
                    text("d", UP * DOWN));
        }

        @Test
        void takesTheSurplusBracketAsText() {
            assertFragments(
                    "A (((oil painting))) of [[[[[my_embedding]]]]] by (((Leonardo da Vinci))))",
                    text("A ", 1),
                    text("oil painting", 1.331),
                    text(" of ", 1),
                    text("my_embedding", 1 / 1.61051),
                    text(" by ", 1),
                    text("Leonardo da Vinci", 1.331),
                    text(")", 1));
        }

        @Test
        void followsAnOpenBracketToTheEnd() {
            assertFragments(
                    "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
                    text("a ", 1),
                    text("house", 1.3 * 1.21),
                    text(" ", UP),
                    text("on", UP * DOWN),
                    text(" a ", UP),
                    text("hill", 0.5 * UP),
                    text(", sun, ", UP),
                    text("sky", 1.4641),
                    text(".", UP));
        }

        @Test
        void toleratesOpenSquareBracketsToo() {
            assertFragments("[[a] b", text("a", DOWN * DOWN), text(" b", DOWN));
        }

        @Test
        void letsBracketsCross() {
            assertFragments("(a [b) c]", text("a ", UP), text("b", UP * DOWN), text(" c", DOWN));
        }

        @Test
        void joinsNeighboursOfOneWeight() {
            assertFragments("(un)(necessary)", text("unnecessary", UP));
            assertFragments("a (b:1.0) c", text("a b c", 1));
        }

        @Test
        void findsNothingInEmptyBrackets() {
            assertThat(PromptSyntax.parse("()[](:2)")).containsExactly(List.of());
        }
    }

    @Nested
    class Numbers {

        @ParameterizedTest
        @ValueSource(strings = {"(a:0.5)", "(a:.5)", "(a:+0.50)", "(a: 0.5 )", "(a:\t0.5\u00a0)"})
        void areReadInEveryWriting(String prompt) {
            assertFragments(prompt, text("a", 0.5));
        }

        @Test
        void mayBeNegativeOrEndWithThePoint() {
            assertFragments("(a:-0.5)(b:2.)", text("a", -0.5), text("b", 2));
        }

        @Test
        void areTextInSquareBracketsAndOutsideOfAny() {
            assertFragments("[a:1.3]", text("a:1.3", DOWN));
            assertFragments("a:1.3) b", text("a:1.3) b", 1));
        }

        @Test
        void areTextUnlessTheyEndTheBracket() {
            assertFragments("(a:1.3 b)", text("a:1.3 b", UP));
            assertFragments("(a:1.3:1.2)", text("a:1.3", 1.2));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a:b", "a:1.2.3", "a:.", "a:1e3", "a:"})
        void areTextUnlessTheyAreNumbers(String inside) {
            assertFragments("(" + inside + ")", text(inside, UP));
        }
    }

    @Nested
    class Escapes {

        @Test
        void makeBracketsText() {
            assertFragments("\\(a\\) \\[b\\]", text("(a) [b]", 1));
        }

        @Test
        void doNotEndEmphasis() {
            assertFragments("(a\\):1.3)", text("a)", 1.3));
        }

        @Test
        void areEscapedThemselves() {
            assertFragments("a\\\\(b)", text("a\\", 1), text("b", UP));
        }

        @Test
        void areDroppedBeforeAnythingElse() {
            assertFragments("a\\b\\", text("ab", 1));
        }
    }

    @Nested
    class Break {

        @Test
        void dividesThePromptWithoutTheSpacesAroundIt() {
            assertThat(PromptSyntax.parse("a red hat \n BREAK  a blue coat"))
                    .containsExactly(List.of(text("a red hat", 1)), List.of(text("a blue coat", 1)));
        }

        @Test
        void dividesEmphasisThatContinues() {
            assertThat(PromptSyntax.parse("(a BREAK b:1.2) c"))
                    .containsExactly(List.of(text("a", 1.2)), List.of(text("b", 1.2), text(" c", 1)));
        }

        @Test
        void leavesEmptySections() {
            assertThat(PromptSyntax.parse("BREAK a BREAK BREAK b BREAK"))
                    .containsExactly(List.of(), List.of(text("a", 1)), List.of(), List.of(text("b", 1)), List.of());
        }

        @ParameterizedTest
        @ValueSource(strings = {"BREAKFAST", "a break", "Break", "ÉBREAK", "BREAK_1"})
        void isAWholeWordInCapitals(String prompt) {
            assertFragments(prompt, text(prompt, 1));
        }
    }

    @Nested
    class Filling {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "a {1} b | (plush) | x | a (plush) b",
                    "a \\{1} b | (plush) | x | a (plush) b",
                    "a \\\\\\{1} b | (plush) | x | a \\(plush) b",
                    "a \\\\{1} b | (plush) | x | a \\(plush) b",
                    "{1}\\{2} | x\\ | [y] | x\\[y]",
                    "B{1} a | REAK | x | BREAK a",
                    "B\\{1} a | REAK | x | BREAK a",
                    "{1}K a | BREA | x | BREAK a",
                    "{1}{2} a | BR | EAK | BREAK a",
                    "B{1}{2}K a | RE | A | BREAK a",
                    "a:{1} b | BREAK | x | a:BREAK b",
                    "{1}AST | BREAKF | x | BREAKFAST",
                })
        void saysTheTextsThemselves(String prompt, String first, String second, String said) {
            assertFragments(PromptSyntax.fill(prompt, Map.of("{1}", first, "{2}", second)), text(said, 1));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "(a:{1}) | 1.3 | x | a:1.3",
                    "(a:\\{1}) | 1.3 | x | a:1.3",
                    "(a:{1}.5) | 1 | x | a:1.5",
                    "(a:{1}5) | + | x | a:+5",
                    "(a:-{1}) | 5 | x | a:-5",
                    "(a{1}1.5) | : | x | a:1.5",
                    "(a{1}5) | :1. | x | a:1.5",
                    "(a{1} 1.5) | : | x | a: 1.5",
                    "(a{1}{2}) | : | .5 | a:.5",
                    "(a{1}{2}5) | : | + | a:+5",
                    "(a{1}) | :1.5 | x | a:1.5",
                })
        void makesNoWeightOfThem(String prompt, String first, String second, String said) {
            assertFragments(PromptSyntax.fill(prompt, Map.of("{1}", first, "{2}", second)), text(said, UP));
        }

        @Test
        void keepsTheSyntaxOfThePrompt() {
            Map<String, String> texts = Map.of("{1}", "dog");

            assertFragments(PromptSyntax.fill("({1}:1.3)", texts), text("dog", 1.3));
            assertFragments(PromptSyntax.fill("\\({1}\\)", texts), text("(dog)", 1));
            assertThat(PromptSyntax.parse(PromptSyntax.fill("{1} BREAK {1}", texts)))
                    .containsExactly(List.of(text("dog", 1)), List.of(text("dog", 1)));
        }
    }

    private static Fragment text(String text, double weight) {
        return new Fragment(text, weight);
    }

    private static void assertFragments(String prompt, Fragment... expected) {
        assertThat(PromptSyntax.parse(prompt)).as(prompt).singleElement().satisfies(section -> {
            assertThat(section)
                    .extracting(Fragment::text)
                    .containsExactly(
                            List.of(expected).stream().map(Fragment::text).toArray(String[]::new));
            for (int i = 0; i < expected.length; i++) {
                assertThat(section.get(i).weight())
                        .as(section.get(i).text())
                        .isCloseTo(expected[i].weight(), within(1e-12));
            }
        });
    }
}
