package dev.likeness.diffusion.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LayerPatternsTests {

    private static final String LAYER = "down_blocks.0.attentions.1.attn1.to_q";

    /** The result of Python's {@code re.match(rf"(.*\.)?({key})$", layer)}. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = ';',
            value = {
                "down_blocks.0.attentions.1.attn1.to_q ; true",
                "^down_blocks.0.attentions.1.attn1.to_q ; true",
                "^down_blocks.0.attentions.1.attn1.to_q$ ; true",
                "attn1.to_q ; true",
                "^attn1.to_q ; false",
                "n1.to_q ; false",
                "attn1.to ; false",
                "attn1_to_q ; false",
                "attn1\\.to_q ; true",
                "attn1.to.q ; true",
                "attn1.to\\.q ; false",
                "up.down_blocks.0.attentions.1.attn1.to_q ; false",
                ".to_q ; false",
                ".*to_q ; true",
                ".*\\.attn1\\.to_q ; true",
                "to_q|to_k ; true",
                "^to_q|to_k ; false",
                "(attn1|attn2).to_[qk] ; true",
                "(?P<block>down|up)_blocks\\.\\d+\\..* ; true",
                "down_blocks\\.[1-9]\\..* ; false",
                "(?:\\w+\\.){3}attn1\\.to_q ; true",
                "(?i:ATTN1.TO_Q) ; true",
                "ATTN1.TO_Q ; false",
                "attn{,1}1.to_q ; true"
            })
    void matchesWholeNamesAsPeftDoes(String key, boolean expected) {
        assertThat(patterns("{\"%s\": 4}".formatted(key.replace("\\", "\\\\"))).find(List.of(LAYER)))
                .map(JsonNode::intValue)
                .isEqualTo(expected ? Optional.of(4) : Optional.empty());
    }

    @Test
    void theFirstKeyThatMatchesCounts() {
        LayerPatterns patterns = patterns("""
                {".*to_k": 1, ".*attn1.*": 2, "^%s": 3, "to_q": 4}""".formatted(LAYER));

        assertThat(patterns.find(List.of(LAYER))).map(JsonNode::intValue).contains(2);
        assertThat(patterns.find(List.of("attn2.to_q"))).map(JsonNode::intValue).contains(4);
        assertThat(patterns.find(List.of("attn2.to_v"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(unclosed", "*to_q", "^(?!.*attn2).*", "(a)\\\\1", "[z-a]"})
    void refusesWhatIsNoExpressionOfItsKind(String key) {
        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> patterns("{\"%s\": 4}".formatted(key)))
                .withMessageContaining("the header's unet.alpha_pattern has the key \"%s\", which is not a regular"
                        .formatted(key.replace("\\\\", "\\")))
                .withMessageContaining("RE2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "((a{100}){100}){10}b{0,0}",
                "((((a{99}){99}){99}){99})",
                "(a{,999}){,999}",
                "x{999999999999999999999}"
            })
    void refusesWhatCompilesToTooMuch(String key) {
        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> patterns("{\"%s\": 4}".formatted(key)))
                .withMessageContaining("would take too long");
    }

    /** Their program has a million instructions. */
    @Test
    void refusesLongExpressionsThatAreRepeatedBeforeTheyAreCompiled() {
        String word = "a".repeat(900);

        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> patterns("{\"(%s){1000}\": 4}".formatted(word)))
                .withMessageContaining("has the key \"(%s…\", which would take too long".formatted("a".repeat(199)));
        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> patterns("{\"(%s){20}\": 4}".formatted(word)))
                .withMessageContaining("would take too long together with the previous ones");
    }

    @Test
    void cutsLongKeysBetweenSigns() {
        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> patterns("{\"x%s\": 4}".formatted("😀".repeat(600))))
                .withMessageContaining("has the key \"x%s…\", which is longer".formatted("😀".repeat(199)));
    }

    @Test
    void refusesManyExpressionsAndLongKeys() {
        ObjectNode many = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < 1_000; i++) {
            many.put("(.*a|.*b)*" + i, i);
        }

        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> new LayerPatterns("alpha_pattern", many))
                .withMessageContaining("too long together");
        assertThatExceptionOfType(UnusableAdapterException.class)
                .isThrownBy(() -> patterns("{\"%s\": 4}".formatted("a".repeat(40_000))))
                .withMessageContaining("longer than 1000 characters");
    }

    /** A backtracking matcher needs 60 over 30 steps for this name. */
    @Test
    @Timeout(10)
    void matchesInLinearTime() {
        LayerPatterns patterns = patterns("{\"(.*a){30}x\": 4}");

        assertThat(patterns.find(List.of("a".repeat(60)))).isEmpty();
    }

    /** One key for each layer of an adapter for all of SDXL. */
    @Test
    void namesOfAllLayersTakeNoTime() {
        ObjectNode names = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < 2_000; i++) {
            names.put("^down_blocks.%d.attentions.1.transformer_blocks.0.attn1.to_q".formatted(i), i);
        }
        LayerPatterns patterns = new LayerPatterns("alpha_pattern", names);

        long before = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            String name = "down_blocks.%d.attentions.1.transformer_blocks.0.attn1.to_q".formatted(i);
            assertThat(patterns.find(List.of(name)).orElseThrow().intValue()).isEqualTo(i);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    private static LayerPatterns patterns(String json) {
        return new LayerPatterns("unet.alpha_pattern", JsonMapper.shared().readTree(json));
    }
}
